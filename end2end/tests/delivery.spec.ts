// Only what is seen, only what changed, never behind.

import type { Locator, Page } from "@playwright/test";
import { Api, type DataArray } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { numbersIn } from "../support/readings.ts";
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

test.describe("by the clock of UTC", () => {
  test.use({ timezoneId: "UTC" });

  test("a history goes on while nobody sees it, and is there when somebody does", async ({ page, request }) => {
    const dashboard = await Dashboard.open(page);
    const cell = dashboard.cell("Panel 0 counts");
    await dashboard.repaints(cell);
    await dashboard.show("Volume");
    await dashboard.isLive();
    const hidden = Date.now();
    await page.waitForTimeout(5_000);
    // Nothing comes any more when it is shown again, so that all of it came before.
    const api = new Api(request);
    await api.command("panel_0_xy", "stop");
    const shown = Date.now();
    await dashboard.show("Detectors");
    await expect(cell).toHaveAttribute("data-mark", "stopped");
    const data = await api.dataOf(cell);
    await dashboard.hasPainted(cell, data);

    const told = await samplesToldOf(dashboard, cell, data[0]);
    const meanwhile = told.filter((time) => time > hidden + 500 && time < shown - 500);
    const seconds = new Set(meanwhile.map((time) => Math.floor(time / 1000)));
    expect(seconds.size, `${told}`).toBeGreaterThanOrEqual(3);
  });
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

/**
 * The times, in ms since 1970, of those of the server's samples that a cell tells along its figure, with their values, if
 * its reader lives by UTC.
 */
async function samplesToldOf(dashboard: Dashboard, cell: Locator, data: DataArray | undefined): Promise<number[]> {
  const box = await dashboard.figure(cell).boundingBox();
  if (box === null || data === undefined) throw new Error("there is no figure, or no data");
  const times = (data.coords["time"]?.values ?? []).map((ns) => Math.round(ns / 1e6));
  const told = new Set<number>();
  for (let across = 0.14; across < 1; across += 0.02) {
    for (let down = 0.1; down < 0.8; down += 0.1) {
      await dashboard.page.mouse.move(box.x + box.width * across, box.y + box.height * down);
      const readout = (await cell.getByTestId("readout").textContent()) ?? "";
      const [, day, time] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d[.\d]*)/.exec(readout) ?? [];
      const at = Date.parse(`${day}T${time}Z`);
      const value = data.values[times.findIndex((it) => Math.abs(it - at) <= 1)];
      if (value != null && numbersIn(readout).includes(value)) told.add(at);
    }
  }
  return [...told];
}

/** The layers that a page asks about after a step. */
async function layersHeld(page: Page, step: () => Promise<void>): Promise<Set<string>> {
  const calls = new SyncCalls(page);
  await step();
  await expect.poll(() => calls.answered.at(-1)?.have.length ?? 0).toBeGreaterThan(0);
  return new Set(calls.answered.at(-1)?.have.map(([layer]) => layer));
}
