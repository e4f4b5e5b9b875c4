// Many pages of one browser: HTTP/1.1 allows six connections per host, so they share their wake. On a LAN without
// TLS browsers offer less to a page, and this has to work there too.

import type { Page } from "@playwright/test";
import { LAN_HOST } from "../support/chromium.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { pause } from "../support/server.ts";
import { SyncCalls } from "../support/sync.ts";

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

test("a page that does not run takes no wakes from the others", async ({ page, context, server }) => {
  const wakes = countWakes(page);
  await Dashboard.open(page, ON_LAN(server.port));
  await expect.poll(() => wakes.opened).toBeGreaterThan(0);
  const other = await context.newPage();
  const wakesOfOther = countWakes(other);
  const dashboard = await Dashboard.open(other, ON_LAN(server.port));
  expect(wakesOfOther.opened, "the second page listens to the first").toBe(0);

  const protocol = await context.newCDPSession(page);
  await protocol.send("Page.setWebLifecycleState", { state: "frozen" });
  await expect.poll(() => wakesOfOther.opened, { timeout: 8_000 }).toBeGreaterThan(0);
  await dashboard.isLive();
  await dashboard.repaints(dashboard.cells.first());
  await protocol.send("Page.setWebLifecycleState", { state: "active" });
  await pause(2_000);
  await dashboard.isLive();
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

/** Counts the wake streams that a page opens from now on. */
function countWakes(page: Page): { opened: number } {
  const wakes = { opened: 0 };
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/v1/wake") wakes.opened += 1;
  });
  return wakes;
}

async function sessionOf(page: Page): Promise<string> {
  const calls = new SyncCalls(page);
  await expect.poll(() => calls.answered.length).toBeGreaterThan(0);
  return calls.answered[0]?.session ?? "";
}
