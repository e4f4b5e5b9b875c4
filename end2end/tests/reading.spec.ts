// What is read out of figures: the peak in sight, and the same place in plots with equal axes.

import type { Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";

test("the peak in sight is the largest value of the data", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  const api = new Api(request);
  await api.command("panel_0_xy", "stop");
  const cell = dashboard.cell(IMAGE);
  await expect(cell).toHaveAttribute("data-mark", "stopped");
  const peak = cell.getByTestId("peak");
  await expect(peak).toBeHidden();
  await set(cell, "show-peak", true);
  const data = await api.dataOf(cell);
  await dashboard.hasPainted(cell, data);
  const values = (data[0]?.values ?? []).map((value) => value ?? NaN);
  const highest = Math.max(...values);
  const at = values.indexOf(highest);
  await expect(peak).toHaveText(
    new RegExp(`^Peak: .* ${at % 128}\\D.* ${Math.floor(at / 128)}\\D.* ${highest} ± \\d+ counts$`),
  );

  // Out of sight it does not count.
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId("more-x").locator("summary").click();
  const outside = at % 128 < 64 ? ["limit-x-min", String((at % 128) + 20)] : ["limit-x-max", String((at % 128) - 20)];
  await cell.getByTestId(outside[0] ?? "").fill(outside[1] ?? "");
  await cell.getByTestId(outside[0] ?? "").press("Enter");
  await page.keyboard.press("Escape");
  await expect(peak).not.toHaveText(new RegExp(` ${highest} ± \\d+ counts$`));
  await set(cell, "show-peak", false);
  await expect(peak).toBeHidden();
});

test("plots with equal axes move together while they are linked", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Beam & environment");
  await dashboard.isLive();
  const [first, second] = [dashboard.cell("Sample temperature"), dashboard.cell("Chopper speed")];
  const monitors = dashboard.cell("Beam monitors, latest");
  await expect(first.getByTestId("link-sign")).toBeHidden();
  await set(first, "link-plots", true);
  await expect(first.getByTestId("link-sign")).toHaveAttribute("title", /^Linked: x with 3$/);
  await expect(second.getByTestId("link-sign")).toBeVisible();
  await expect(monitors.getByTestId("link-sign")).toBeHidden();

  // The cross-hair of one shows in the others, upright alone: values are no dimension.
  await dashboard.readout(first, 0.6, 0.5);
  await expect(second.locator(".figure-cross").first()).toBeVisible();
  await expect(second.locator(".figure-cross").last()).toBeHidden();
  await expect(monitors.locator(".figure-cross").first()).toBeHidden();
  await page.mouse.move(0, 0);
  await expect(second.locator(".figure-cross").first()).toBeHidden();

  await dashboard.figure(first).hover();
  await page.mouse.wheel(0, -240);
  const shown = await timesOf(first);
  expect(shown.follows).toBe(false);
  await expect.poll(async () => (await timesOf(second)).min).toBe(shown.min);
  expect((await timesOf(second)).follows).toBe(false);
  await second.getByTestId("fit").click();
  await expect.poll(async () => (await timesOf(first)).follows).toBe(true);

  // The choice is the tab's.
  await page.reload();
  await dashboard.isLive();
  await expect(first.getByTestId("link-sign")).toBeVisible();
  await set(first, "link-plots", false);
  await expect(first.getByTestId("link-sign")).toBeHidden();
});

/** Sets a switch in a figure's menu. */
async function set(cell: Locator, hook: string, on: boolean): Promise<void> {
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId(hook).setChecked(on);
  await cell.page().keyboard.press("Escape");
}

/** Where the horizontal axis of a figure begins, and whether it follows the data. */
async function timesOf(cell: Locator): Promise<{ min: string; follows: boolean }> {
  await settled(cell.page());
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId("more-x").locator("summary").click();
  const min = await cell.getByTestId("limit-x-min").inputValue();
  const follows = await cell.getByTestId("follow-x").isChecked();
  await cell.page().keyboard.press("Escape");
  return { min, follows };
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
