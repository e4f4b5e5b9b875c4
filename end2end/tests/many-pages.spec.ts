// Many pages of one browser: HTTP/1.1 allows six connections per host, so they share their wake. On a LAN without
// TLS browsers offer less to a page, and this has to work there too.

import type { Page, Request } from "@playwright/test";
import { LAN_HOST } from "../support/chromium.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { SyncCalls } from "../support/sync.ts";

// What the name of a machine on the network would be.
test.use({ flags: ["--allowed-hosts", LAN_HOST] });

const ON_LAN = (port: number) => `http://${LAN_HOST}:${port}/`;

test("eight pages of one browser stay live without TLS", async ({ context, server }) => {
  // Eight pages paint with one processor's software in place of a graphics card.
  test.slow();
  const dashboards: Dashboard[] = [];
  for (let n = 0; n < 8; n += 1) {
    dashboards.push(await Dashboard.open(await context.newPage(), ON_LAN(server.port)));
  }
  const isSecure = await dashboards[0]?.page.evaluate(() => window.isSecureContext);
  expect(isSecure).toBe(false);
  // Longer than it takes a silent wake to be noticed.
  await dashboards[0]?.page.waitForTimeout(6_000);
  for (const dashboard of dashboards) {
    await dashboard.page.bringToFront();
    await dashboard.isLive();
    await dashboard.repaints(dashboard.cells.first());
  }
});

test("a page that does not run takes no wakes from the others", async ({ context, server }) => {
  const pages = [await context.newPage(), await context.newPage()];
  const wakes = pages.map((page) => new Wakes(page));
  const dashboards: Dashboard[] = [];
  for (const page of pages) dashboards.push(await Dashboard.open(page, ON_LAN(server.port)));
  await expect.poll(() => wakes.filter((it) => it.isOpen).length, "one of them holds the wake").toBe(1);
  const holder = wakes.findIndex((it) => it.isOpen);
  const [held, other] = [pages[holder], dashboards[1 - holder]];
  if (held === undefined || other === undefined) throw new Error("there are two pages");

  // Browsers freeze only what they do not show; a debugger stops a page as thoroughly.
  const protocol = await context.newCDPSession(held);
  await protocol.send("Debugger.enable");
  await protocol.send("Debugger.pause");
  await expect.poll(() => wakes[1 - holder]?.isOpen, { timeout: 8_000 }).toBe(true);
  await other.isLive();
  await other.repaints(other.cells.first());
  await protocol.send("Debugger.resume");
  await expect.poll(() => wakes.filter((it) => it.isOpen).length, "they agree on one").toBe(1);
  await other.isLive();
});

test("a copy of a tab is a session of its own, a reloaded one stays the same", async ({
  page,
  context,
  server,
}) => {
  const dashboard = await Dashboard.open(page, ON_LAN(server.port));
  const before = await sessionOf(page);
  await page.reload();
  await dashboard.isLive();
  expect(await sessionOf(page)).toBe(before);

  // A page that a page opens starts with a copy of its storage, as a duplicated tab does.
  const opened = context.waitForEvent("page");
  await page.evaluate(() => void window.open(location.href, "_blank", "opener"));
  const copy = await opened;
  await new Dashboard(copy).isLive();
  expect(await sessionOf(copy)).not.toBe(before);
  expect(await sessionOf(page)).toBe(before);
});

/** The wake streams that a page opens from now on. */
class Wakes {
  readonly #open = new Set<Request>();

  constructor(page: Page) {
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/api/v1/wake") this.#open.add(request);
    });
    for (const end of ["requestfinished", "requestfailed"] as const) {
      page.on(end as "requestfinished", (request) => this.#open.delete(request));
    }
  }

  /** Whether one is open. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }
}

async function sessionOf(page: Page): Promise<string> {
  const calls = new SyncCalls(page);
  await expect.poll(() => calls.answered.length).toBeGreaterThan(0);
  return calls.answered[0]?.session ?? "";
}
