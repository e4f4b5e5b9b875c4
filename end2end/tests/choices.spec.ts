// What a person chose about a figure: kept over a reload, and undone when it is given back.

import type { Locator, Page } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { axesOf, watchWords } from "../support/painted.ts";

const IMAGE = "Panel 0, since start";
const LINES = "Beam monitors, since start";

test("times are read in the browser's zone or in UTC, as chosen once", async ({ page, visitor }) => {
  const dashboard = await Dashboard.open(page);
  const clock = page.getByTestId("clock");
  await expect(clock).toHaveText(/^\d\d:\d\d:\d\d$/);
  await clock.click();
  await expect(clock).toHaveText(/^\d\d:\d\d:\d\d UTC$/);
  const utc = new Date().toISOString().slice(11, 13);
  await expect(clock).toContainText(new RegExp(`^${utc}|^${new Date(Date.now() + 60_000).toISOString().slice(11, 13)}`));
  await dashboard.isLive();
  await page.reload();
  await expect(clock).toContainText("UTC");
  // Others choose for themselves.
  const theirs = await visitor();
  await Dashboard.open(theirs);
  await expect(theirs.getByTestId("clock")).toHaveText(/^\d\d:\d\d:\d\d$/);
  await clock.click();
  await expect(clock).toHaveText(/^\d\d:\d\d:\d\d$/);
});

test("scale, colours and hidden curves are kept over a reload", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const [image, lines] = [dashboard.cell(IMAGE), dashboard.cell(LINES)];
  await inMenu(image, async () => {
    await image.getByTestId("scale-colour-linear").check();
    await image.getByTestId("colour-map").selectOption({ index: 2 });
  });
  const map = await inMenu(image, () => image.getByTestId("colour-map").inputValue());
  await inMenu(lines, async () => {
    await lines.getByTestId("scale-y-log").check();
    await lines.getByTestId("curve").first().uncheck();
  });

  await page.reload();
  await dashboard.isLive();
  await inMenu(image, async () => {
    await expect(image.getByTestId("scale-colour-linear")).toBeChecked();
    await expect(image.getByTestId("colour-map")).toHaveValue(map);
  });
  await inMenu(lines, async () => {
    await expect(lines.getByTestId("scale-y-log")).toBeChecked();
    await expect(lines.getByTestId("curve").first()).not.toBeChecked();
    await expect(lines.getByTestId("curve").last()).toBeChecked();
  });
});

test("an axis that was zoomed stands still, and follows again when told to", async ({ page }) => {
  await watchWords(page);
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(LINES);
  const ticks = async () => {
    const { y } = await axesOf(dashboard.figure(cell), { x: "linear", y: "linear" });
    return y.ticks.map(([, value]) => value);
  };
  await dashboard.figure(cell).hover();
  for (let n = 0; n < 3; n += 1) await page.mouse.wheel(0, -240);
  await settled(page);
  const held = await ticks();
  await dashboard.repaints(cell);
  await dashboard.repaints(cell);
  expect(await ticks()).toEqual(held);

  await inMenu(cell, async () => {
    await expect(cell.getByTestId("follow-y")).not.toBeChecked();
    await cell.getByTestId("follow-y").check();
  });
  // Counts since the start only grow.
  const top = async () => Math.max(...(await ticks()));
  await settled(page);
  const resumed = await top();
  expect(resumed).toBeGreaterThan(Math.max(...held));
  await expect.poll(top, { timeout: 30_000 }).toBeGreaterThan(resumed);
});

test("each cell has a zoom of its own, and each page", async ({ page, visitor }) => {
  await watchWords(page);
  const other = await visitor();
  await watchWords(other);
  const [ours, theirs] = [await Dashboard.open(page), await Dashboard.open(other)];
  const ends = async (dashboard: Dashboard, title: string) => {
    const { x } = await axesOf(dashboard.figure(dashboard.cell(title)), { x: "linear", y: "linear" });
    return x.ticks.map(([, value]) => value);
  };
  const before = await ends(ours, "Area panel, latest");
  await ours.figure(ours.cell(IMAGE)).hover();
  for (let n = 0; n < 4; n += 1) await page.mouse.wheel(0, -240);
  await expect.poll(() => ends(ours, IMAGE)).not.toEqual(await ends(theirs, IMAGE));
  await ours.repaints(ours.cell("Area panel, latest"));
  expect(await ends(ours, "Area panel, latest")).toEqual(before);
});

/** Does something in a figure's menu, which is open meanwhile. */
async function inMenu<T>(cell: Locator, act: () => Promise<T>): Promise<T> {
  await cell.getByTestId("figure-menu").click();
  await expect(cell.getByTestId("figure-settings")).toBeVisible();
  const done = await act();
  await cell.page().keyboard.press("Escape");
  await expect(cell.getByTestId("figure-settings")).toBeHidden();
  return done;
}

/** Waits until what was done is on the screen. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
