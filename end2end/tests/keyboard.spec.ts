// Everything by keyboard: commands found by typing, and a list of the keys.

import type { Locator } from "@playwright/test";
import { axeFindings } from "../support/axe.ts";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
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

test("letters that come before the list of commands is there are no other keys", async ({ page }) => {
  await Dashboard.open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("em");
  await expect(page.getByTestId("palette-field")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("dialog")).toHaveCount(0);
  await expect(page.getByTestId("edit-toggle")).toHaveAttribute("aria-pressed", "false");
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

test("what buttons do to plots and grids is done by commands, too", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.isLive();
  const run = async (typed: string) => {
    await page.keyboard.press("Control+k");
    await expect(page.getByTestId("palette-field")).toBeFocused();
    await page.keyboard.type(typed);
    await expect(page.getByTestId("palette-option").first()).toContainText(typed);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("dialog")).toHaveCount(0);
  };
  const cell = dashboard.cell("Panel 0, since start");

  // Menus open where the keyboard goes on.
  for (const [command, panel] of [
    ["Settings of", "figure-settings"],
    ["Save or share", "save-panel"],
  ] as const) {
    await run(`${command} Panel 0, since start`);
    await expect(cell.getByTestId(panel)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(cell.getByTestId(panel)).toHaveCount(0);
  }

  await run("Link all plots");
  await expect(cell.getByTestId("link-sign")).toBeVisible();
  await run("Let go of the links");
  await expect(cell.getByTestId("link-sign")).toHaveCount(0);

  const hidden = async () => {
    const { layers } = (await (await request.get("/api/v1/grids")).json()) as {
      layers: { value: { title: string; hidden?: boolean } }[];
    };
    return layers.some((it) => it.value.title === "Panel 0 image" && it.value.hidden);
  };
  await run("Hide layer Panel 0 image");
  await expect.poll(hidden).toBe(true);
  await run("Show layer Panel 0 image");
  await expect.poll(hidden).toBe(false);

  // The handle that arrow keys move.
  await run("Move or resize Panel 0, since start");
  await expect(cell.getByTestId("cell-move")).toBeFocused();
  await expect(page.getByTestId("edit-bar")).toBeVisible();
  await page.getByTestId("grid-rows").fill("3");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("grid")).toHaveClass(/rows-3/);
  const count = await dashboard.cells.count();
  await run("Duplicate Panel 0, since start");
  await expect(dashboard.cells).toHaveCount(count + 1);

  const saved = page.waitForEvent("download");
  await run("Export this grid");
  expect((await saved).suggestedFilename()).toMatch(/\.yaml$/);
  const grids = page.getByTestId("grid-tab");
  const names = await grids.allTextContents();
  await run("Move the tab of this grid right");
  await expect.poll(() => grids.allTextContents()).toEqual([names[1], names[0], ...names.slice(2)]);
  await run("Duplicate this grid");
  await expect(grids).toHaveCount(names.length + 1);
  await expect(grids.last()).toHaveAttribute("aria-current", "page");
  await run("Hide the tab of this grid");
  await expect(grids).toHaveCount(names.length);
});

test("arrows lead over the free places of a grid", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(4);
  await editor.slot(0, 2).focus();
  await page.keyboard.press("ArrowRight");
  await expect(editor.slot(0, 3)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(editor.slot(1, 3)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(editor.slot(1, 2)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(editor.dialog).toBeVisible();
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
  await expect(options).toHaveText(["Restart Total counts", "Stop Total counts"]);
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

test("a command that would discard what was counted asks first", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.isLive();
  const generation = async () => {
    const { jobs } = (await (await request.get("/api/v1/workflows")).json()) as {
      jobs: { value: { id: { workflow: string }; number: string } }[];
    };
    return jobs.find((it) => it.value.id.workflow === "dummy/total_counts/1")?.value.number;
  };
  const before = await generation();
  expect(before).toBeDefined();
  const options = page.getByTestId("palette-option");
  const restart = async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("restart total");
    await page.keyboard.press("Enter");
    await expect(options).toHaveText(["Let Total counts go on counting", "Discard all counts of Total counts"]);
    await expect(page.getByTestId("palette-field")).toHaveValue("");
  };
  await restart();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("dialog")).toHaveCount(0);
  expect(await generation()).toBe(before);
  await restart();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(generation).not.toBe(before);
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

test("what closes gives the focus back to what it was opened from", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell("Panel 0, since start");
  const dialog = page.getByTestId("dialog");
  const opens = async (button: Locator) => {
    await button.focus();
    await page.keyboard.press("Enter");
  };

  // Menus and dialogs, on a page that only shows.
  for (const menu of ["figure-menu", "save-menu"]) {
    const button = cell.getByTestId(menu);
    await opens(button);
    await expect(button).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Tab");
    await expect(button).not.toBeFocused();
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();
  }
  await opens(page.getByTestId("palette-open"));
  await page.getByTestId("palette-field").fill("layers of panel 0, since");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("layers")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("palette-open")).toBeFocused();

  // The bar of regions, where a region goes with the focus on its button first.
  const toggle = cell.getByTestId("region-toggle");
  await opens(toggle);
  await page.getByTestId("region-rectangle").focus();
  await page.keyboard.press("Enter");
  await dashboard.figure(cell).focus();
  await page.keyboard.press("Enter");
  await opens(page.getByTestId("region-remove"));
  await expect(page.getByTestId("region-remove")).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();
  await opens(page.getByTestId("region-done"));
  await expect(page.getByTestId("region-bar")).toHaveCount(0);
  await expect(toggle).toBeFocused();

  // Dialogs while plots are arranged, and one that leads to another.
  const edit = page.getByTestId("edit-toggle");
  await opens(edit);
  await expect(page.getByTestId("edit-bar")).toBeVisible();
  for (const hook of ["grid-add", "grid-keep", "grid-remove", "palette-open"]) {
    await opens(page.getByTestId(hook));
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByTestId(hook)).toBeFocused();
  }
  const layers = cell.getByTestId("cell-layers");
  await opens(layers);
  await opens(dialog.getByTestId("layer-edit"));
  await expect(dialog.getByTestId("plot-title")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(layers).toBeFocused();

  // What is gone cannot have it: the page's content does, and the bar's end leads to the button that began it.
  await opens(cell.getByTestId("cell-remove"));
  await expect(cell).toHaveCount(0);
  await expect(page.locator("#content")).toBeFocused();
  await page.getByTestId("grid-export").focus();
  await page.keyboard.press("e");
  await expect(page.getByTestId("edit-bar")).toHaveCount(0);
  await expect(edit).toBeFocused();
});

test("a notification that is put away leaves the focus on the page", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.control("grid-keep").click();
  await editor.confirm();
  const dismiss = page.getByTestId("toast").getByRole("button").first();
  await dismiss.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
  await expect(dashboard.cells.first()).toBeVisible();
});

test("a plot that somebody else removes from under the focus leaves it on the page", async ({ page, visitor }) => {
  const dashboard = await Dashboard.open(page);
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  const cell = dashboard.cell("Panel 0, since start");
  await dashboard.figure(cell).focus();
  await theirs.dashboard.cell("Panel 0, since start").getByTestId("cell-remove").click();
  await theirs.confirm();
  await expect(cell).toHaveCount(0);
  await expect(page.locator("#content")).toBeFocused();
  await dashboard.isLive();
});
