// Limits, scales and labels of axes as a person sets them by numbers.

import type { Locator } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { axesOf, watchWords } from "../support/painted.ts";

const IMAGE = "Panel 0, since start";
const LINES = "Beam monitors, since start";

test("limits are typed; what makes no sense is refused at its field", async ({ page }) => {
  await watchWords(page);
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(LINES);
  await openMenu(cell, "y");
  const [min, max] = [cell.getByTestId("limit-y-min"), cell.getByTestId("limit-y-max")];
  const error = cell.getByTestId("limit-error-y");
  await enter(min, "5");
  await enter(max, "2");
  await expect(error).toHaveText("The upper limit must be above the lower limit.");
  await expect(max).toHaveAttribute("aria-invalid", "true");
  await enter(max, "many");
  await expect(error).toHaveText("The upper limit must be a number.");
  await enter(max, "2000");
  await expect(error).toBeEmpty();
  await enter(min, "-500");
  await expect(cell.getByTestId("follow-y")).not.toBeChecked();
  const ticks = async () => {
    const { y } = await axesOf(dashboard.figure(cell), { x: "linear", y: "linear" });
    return y.ticks.map(([, value]) => value);
  };
  await expect.poll(async () => (await ticks())[0]).toBe(-500);
  expect((await ticks()).at(-1)).toBe(2000);

  await cell.getByTestId("labels-y").fill("1");
  await cell.getByTestId("labels-y").press("Enter");
  await expect(cell.getByTestId("labels-y")).toHaveAttribute("aria-invalid", "true");
  await enter(cell.getByTestId("labels-y"), "3");
  await expect.poll(async () => (await ticks()).length).toBeLessThanOrEqual(3);

  // Fit follows the data again, and leaves the number of labels.
  await page.keyboard.press("Escape");
  await cell.getByTestId("fit").click();
  await expect.poll(async () => (await ticks())[0]).toBe(0);
  expect((await ticks()).length).toBeLessThanOrEqual(3);
});

test("limits of time are times of day, and a log scale needs positive ones", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Beam & environment");
  const cell = dashboard.cells.first();
  await dashboard.repaints(cell);
  await openMenu(cell, "x");
  await expect(cell.getByTestId("limit-x-max")).toHaveValue(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  await enter(cell.getByTestId("limit-x-min"), "25:00");
  await expect(cell.getByTestId("limit-error-x")).toHaveText(/must be a time such as 14:05:30/);
  await cell.getByTestId("scale-y-log").check();
  await cell.getByTestId("more-y").locator("summary").click();
  await enter(cell.getByTestId("limit-y-min"), "0");
  await expect(cell.getByTestId("limit-error-y")).toHaveText(
    "The lower limit must be above 0 on a log scale.",
  );
});

test("percentiles and scales of colours are kept over a reload", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await openMenu(cell, "colour");
  const max = async () => Number(await cell.getByTestId("limit-colour-max").inputValue());
  await cell.getByTestId("scale-colour-sqrt").check();
  await expect.poll(max).toBeGreaterThan(1);
  const whole = await max();
  await cell.getByTestId("percentiles").selectOption("5–95 %");
  await expect.poll(max).toBeLessThan(whole);
  await page.reload();
  await dashboard.isLive();
  await openMenu(cell, "colour");
  await expect(cell.getByTestId("scale-colour-sqrt")).toBeChecked();
  await expect(cell.getByTestId("percentiles")).toHaveValue("5–95 %");
});

test("the menu can be used on a phone", async ({ visitor }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 } });
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await openMenu(cell, "colour");
  const panel = await cell.getByTestId("figure-settings").boundingBox();
  expect(panel?.x).toBeGreaterThanOrEqual(0);
  expect((panel?.x ?? 0) + (panel?.width ?? 999)).toBeLessThanOrEqual(390);
  for (const hook of ["scale-colour-sqrt", "limit-colour-max", "percentiles"]) {
    const field = cell.getByTestId(hook);
    await field.scrollIntoViewIfNeeded();
    const box = await field.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999), hook).toBeLessThanOrEqual(390);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

/** Opens a figure's menu with what is rarely set of an axis. */
async function openMenu(cell: Locator, axis: string): Promise<void> {
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId(`more-${axis}`).locator("summary").click();
}

/** Types into a field and leaves it by Enter. */
async function enter(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press("Enter");
}
