// The calls of `sync` that a page makes, as seen from outside.

import type { Page } from "@playwright/test";

interface Stamp {
  epoch: string;
  revision: number;
}

interface Call {
  session: string;
  known: Stamp | null;
  grid: string | null;
  have: [layer: string, version: number][];
}

export class SyncCalls {
  /** Answered calls, oldest first. */
  readonly answered: Call[] = [];

  /** Records what a page asks from now on. */
  constructor(page: Page) {
    page.on("response", (response) => {
      const isSync = new URL(response.url()).pathname === "/api/v1/sync";
      if (isSync && response.ok()) this.answered.push(response.request().postDataJSON() as Call);
    });
  }

  /** How many answers were snapshots: the caller knew nothing, or another run of the server. */
  snapshots(): number {
    const epoch = this.answered.at(-1)?.known?.epoch;
    return this.answered.filter((call) => call.known?.epoch !== epoch).length;
  }
}
