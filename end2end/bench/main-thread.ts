// How long the page's main thread was busy, by its own CPU clock: other processes do not count.

import type { CDPSession, Page } from "@playwright/test";

export interface Busy {
  /** All tasks, ms. */
  tasks: number;
  /** JavaScript and WebAssembly in them, ms. */
  script: number;
}

export class MainThread {
  #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return new MainThread(session);
  }

  /** Since the page began. */
  async busy(): Promise<Busy> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const ms = (name: string) => 1e3 * (metrics.find((it) => it.name === name)?.value ?? NaN);
    return { tasks: ms("TaskDuration"), script: ms("ScriptDuration") };
  }
}
