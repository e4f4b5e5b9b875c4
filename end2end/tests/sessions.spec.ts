// What a person does to a picture is theirs: no other session sees it, and a reload keeps it.

import type { Locator } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";
const COUNTS = "Panel 0 counts";

test("two sessions zoom by themselves", async ({ page, visitor }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  const whole = await corner(ours);
  expect(same(await corner(theirs), whole)).toBe(true);

  await zoomIn(ours);
  const zoomed = await corner(ours);
  expect(same(zoomed, whole)).toBe(false);
  expect(same(await corner(theirs), whole)).toBe(true);

  await ours.repaints(ours.cell(IMAGE));
  expect(same(await corner(ours), zoomed)).toBe(true);
});

test("two browsers tell the same totals, whatever they zoomed", async ({ page, visitor, request }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  await zoomIn(ours);
  const api = new Api(request);
  await api.command("panel_0_xy", "stop");
  for (const dashboard of [ours, theirs]) {
    const cell = dashboard.cell(COUNTS);
    await expect(cell).toHaveAttribute("data-mark", "stopped");
    const newest = (await api.dataOf(cell))[0]?.values.at(-1);
    expect(newest).toBeGreaterThan(0);
    expect(await dashboard.tellsOfNewest(cell, newest)).toBe(true);
  }
  const [here, there] = [await corner(ours), await corner(theirs)];
  expect(same(here, there)).toBe(false);
});

test("a zoom is kept over a reload and undone by a double click", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const whole = await corner(dashboard);
  await zoomIn(dashboard);
  const zoomed = await corner(dashboard);

  await page.reload();
  await dashboard.isLive();
  await dashboard.repaints(dashboard.cell(IMAGE));
  expect(same(await corner(dashboard), zoomed)).toBe(true);

  await dashboard.figure(dashboard.cell(IMAGE)).dblclick();
  await expect.poll(async () => same(await corner(dashboard), whole)).toBe(true);
});

test("the keyboard zooms and fits", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const whole = await corner(dashboard);
  await dashboard.figure(dashboard.cell(IMAGE)).focus();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect.poll(async () => same(await corner(dashboard), whole)).toBe(false);
  await page.keyboard.press("0");
  await expect.poll(async () => same(await corner(dashboard), whole)).toBe(true);
});

test("autoscale stops at a zoom and can be resumed", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await zoomIn(dashboard);
  await cell.getByTestId("figure-menu").click();
  const follow: Locator = cell.getByTestId("follow-x");
  await expect(follow).not.toBeChecked();
  await follow.check();
  await expect(follow).toBeChecked();
});

/** The coordinates that the cell tells near a corner of the image: its view in two numbers. */
async function corner(dashboard: Dashboard): Promise<number[]> {
  const readout = await dashboard.readout(dashboard.cell(IMAGE), 0.3, 0.3);
  return (readout.match(/-?\d+(\.\d+)?/g) ?? []).slice(0, 2).map(Number);
}

/**
 * Whether two corners show the same view. The colour bar takes as much room as its numbers need, so
 * a place on the canvas may be a few pixels of the detector elsewhere from one frame to the next.
 */
function same(a: number[], b: number[]): boolean {
  const TOLERANCE_PIXELS = 3;
  return a.length === 2 && a.every((value, n) => Math.abs(value - (b[n] ?? NaN)) <= TOLERANCE_PIXELS);
}

async function zoomIn(dashboard: Dashboard): Promise<void> {
  await dashboard.figure(dashboard.cell(IMAGE)).hover();
  for (let n = 0; n < 5; n += 1) await dashboard.page.mouse.wheel(0, -240);
}
