// Everything by keyboard: commands found by typing, and a list of the keys.

import { axeFindings } from "../support/axe.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

test("a command is found by typing and carried out by Enter", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  await page.keyboard.press("Control+k");
  const field = page.getByTestId("palette-field");
  await expect(field).toBeFocused();
  await page.keyboard.type("volu");
  const options = page.getByTestId("palette-option");
  await expect(options.first()).toHaveText("Show grid Volume");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", "palette-0");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Volume" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByTestId("dialog")).toHaveCount(0);
  await dashboard.isLive();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("zzz");
  await expect(page.getByTestId("palette-none")).toContainText("Nothing fits");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("dialog")).toHaveCount(0);
});

test("a plot is added, taken back and done again without a mouse", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const count = await dashboard.cells.count();
  const run = async (typed: string) => {
    await page.keyboard.press("Control+k");
    await expect(page.getByTestId("palette-field")).toBeFocused();
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
  };
  await run("arrange");
  await expect(page.getByTestId("edit-bar")).toBeVisible();
  await page.getByTestId("grid-cols").fill("3");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("grid")).toHaveClass(/cols-3/);
  await run("add plot");
  await expect(page.getByTestId("plot-title")).toBeVisible();
  await page.getByTestId("confirm").focus();
  await page.keyboard.press("Enter");
  await expect(dashboard.cells).toHaveCount(count + 1);
  await run("undo");
  await expect(dashboard.cells).toHaveCount(count);
  await run("redo");
  await expect(dashboard.cells).toHaveCount(count + 1);
  await run("end arranging");
  await run("alone");
  await expect(dashboard.cells).toHaveCount(1);
});

test("arrows choose among commands, round and round; a workflow is stopped and started", async ({ page }) => {
  await Dashboard.open(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("palette-field")).toBeFocused();
  await page.keyboard.type("show workflows");
  await page.keyboard.press("Enter");
  const jobs = page.getByTestId("workflow").filter({ hasText: "Total counts" }).getByTestId("job");
  await expect(jobs.first()).toHaveAttribute("data-state", "running");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("total counts");
  const options = page.getByTestId("palette-option");
  await expect(options).toHaveText(["Start Total counts", "Stop Total counts"]);
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(jobs.first()).toHaveAttribute("data-state", "stopped");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("start total");
  await page.keyboard.press("Enter");
  await expect(jobs.first()).toHaveAttribute("data-state", "running");
});

test("a question mark lists the keys, and both lists satisfy axe", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.figure(dashboard.cells.first()).focus();
  await page.keyboard.press("?");
  await expect(page.getByTestId("shortcuts")).toContainText("begin or end arranging");
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("dialog")).toHaveCount(0);
  await expect(dashboard.figure(dashboard.cells.first())).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("palette-field")).toBeFocused();
  expect(await axeFindings(page)).toEqual([]);
});
