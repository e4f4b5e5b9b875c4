// What every spec starts from: a fresh server, a page on it, and no fault by the end.

import { test as base, type BrowserContextOptions, type Page } from "@playwright/test";
import { Faults } from "./faults.ts";
import { Server } from "./server.ts";

export { expect } from "@playwright/test";

interface Fixtures {
  /** What the server is started with beside port and data folder. */
  flags: readonly string[];
  /** A server of the test's own with an empty data folder. */
  server: Server;
  /** What went wrong in any page; must be empty when the test ends. */
  faults: Faults;
  /** Opens a page in a browser session of its own: another visitor. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  flags: async ({}, use) => use([]),

  server: async ({ flags }, use, testInfo) => {
    const server = await Server.start(flags);
    await use(server);
    await server.dispose();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("server.log", { body: server.log, contentType: "text/plain" });
    }
  },

  baseURL: async ({ server }, use) => use(server.url),

  faults: [
    async ({ context }, use, testInfo) => {
      const faults = new Faults();
      await faults.watch(context);
      await use(faults);
      if (faults.found.length === 0) return;
      const report = faults.found.join("\n");
      await testInfo.attach("faults.txt", { body: report, contentType: "text/plain" });
      if (testInfo.status === testInfo.expectedStatus) {
        throw new Error(`the pages had faults:\n${report}`);
      }
    },
    { auto: true },
  ],

  visitor: async ({ browser, faults, server }, use) => {
    const open = async (options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      await faults.watch(context);
      opened.push(context);
      return context.newPage();
    };
    const opened: { close(): Promise<void> }[] = [];
    await use(open);
    for (const context of opened) await context.close();
  },
});
