// The bytes that a page received, headers included, as the browser counts them on the wire.

import type { Page } from "@playwright/test";

export class Traffic {
  #bytes = 0;

  /** Counts from now on. */
  static async of(page: Page): Promise<Traffic> {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    session.on("Network.loadingFinished", (it) => (traffic.#bytes += it.encodedDataLength));
    return traffic;
  }

  /** Of all answers that are complete. */
  get bytes(): number {
    return this.#bytes;
  }
}
