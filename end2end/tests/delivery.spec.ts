// Only what is seen, only what changed, never behind.

import type { Page } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { SyncCalls } from "../support/sync.ts";

test("a grid that nobody sees makes no frames", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const [first, second] = await dashboard.tabs.allTextContents();
  await dashboard.show(second ?? "");
  await dashboard.isLive();
  const shown = new URL(page.url()).pathname.split("/").at(-1);
  const layersOfFirst = await layersHeld(page, () => dashboard.show(first ?? ""));
  await dashboard.show(second ?? "");
  await dashboard.isLive();

  const calls = new SyncCalls(page);
  await page.waitForTimeout(3_000);
  expect(calls.answered.length).toBeGreaterThan(3);
  for (const call of calls.answered) {
    expect(call.grid).toBe(shown);
    expect(call.have.filter(([layer]) => layersOfFirst.has(layer))).toEqual([]);
  }
});

test("a slow client skips versions without falling behind", async ({ page }) => {
  await page.route("**/api/v1/sync", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  const dashboard = await Dashboard.open(page);
  const calls = new SyncCalls(page);
  await page.waitForTimeout(6_000);
  // Five commits a second go by; the page asks once a second and is at the newest each time.
  const revisions = calls.answered.map((call) => call.known?.revision ?? 0);
  expect(revisions.length).toBeLessThanOrEqual(7);
  const steps = revisions.slice(1).map((revision, n) => revision - (revisions[n] ?? 0));
  expect(Math.min(...steps)).toBeGreaterThan(1);
  await dashboard.isLive();
});

test("a page that slept recovers", async ({ page, context }) => {
  const dashboard = await Dashboard.open(page);
  const protocol = await context.newCDPSession(page);
  await protocol.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  await protocol.send("Page.setWebLifecycleState", { state: "active" });
  await dashboard.isLive();
  await dashboard.repaints(dashboard.cells.first());
});

/** The layers that a page asks about after a step. */
async function layersHeld(page: Page, step: () => Promise<void>): Promise<Set<string>> {
  const calls = new SyncCalls(page);
  await step();
  await expect.poll(() => calls.answered.at(-1)?.have.length ?? 0).toBeGreaterThan(0);
  return new Set(calls.answered.at(-1)?.have.map(([layer]) => layer));
}
