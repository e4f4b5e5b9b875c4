// How curves and frames look is chosen with the layer, for everybody at first, and on each page for itself.

import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const LINES = "Beam monitors, since start";
const IMAGE = "Panel 0, since start";

test("curves become points by their layer, and back", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(LINES);
  const circles = async () => (await svgOf(cell)).split("<circle").length - 1;
  expect(await circles()).toBe(0);
  await change(dashboard, LINES, { "param-style-mode": "points", "param-style-errors": "none" });
  await expect.poll(circles).toBeGreaterThan(100);
  await change(dashboard, LINES, { "param-style-mode": "line" });
  await expect.poll(circles).toBe(0);
});

test("a layer's scale holds on every page until somebody there chooses another", async ({ page, visitor }) => {
  const theirs = await Dashboard.open(await visitor());
  const dashboard = await Dashboard.open(page);
  await change(dashboard, LINES, { "param-axes-y": "log" });
  const scale = async (on: Dashboard, name: string) => {
    await on.cell(LINES).getByTestId("figure-menu").click();
    return on.cell(LINES).getByTestId(`scale-y-${name}`);
  };
  const log = await scale(theirs, "log");
  await expect(log).toBeChecked();
  await theirs.cell(LINES).getByTestId("scale-y-sqrt").check();
  await theirs.page.keyboard.press("Escape");

  // Another change of the layer takes nothing away that was chosen here.
  await change(dashboard, LINES, { "param-style-mode": "line" });
  await theirs.repaints(theirs.cell(LINES));
  await expect(await scale(theirs, "sqrt")).toBeChecked();
  await expect(await scale(dashboard, "log")).toBeChecked();
});

test("the settings of every plot lie within the window", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const size = page.viewportSize();
  for (const title of [IMAGE, "Area panel, latest", LINES, "Panel 0 counts"]) {
    const cell = dashboard.cell(title);
    await cell.getByTestId("figure-menu").click();
    const box = await cell.getByTestId("figure-settings").boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size?.height ?? 0);
    await page.keyboard.press("Escape");
  }
});

test("along time only the upright axis has scales", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell("Panel 0 counts");
  await cell.getByTestId("figure-menu").click();
  await expect(cell.getByTestId("scale-y-log")).toBeVisible();
  await expect(cell.getByTestId("scale-x-log")).toHaveCount(0);
});

test("the shape of the frame is chosen, and holds when the picture is zoomed", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(LINES);
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId("aspect").selectOption("square");
  await page.keyboard.press("Escape");
  const shape = () => shapeOf(cell);
  await expect.poll(shape).toBeCloseTo(1, 1);
  await dashboard.figure(cell).hover();
  await page.mouse.wheel(0, -480);
  await expect.poll(shape).toBeCloseTo(1, 1);
  await dashboard.cell(IMAGE).getByTestId("figure-menu").click();
  await expect(dashboard.cell(IMAGE).getByTestId("aspect")).toBeVisible();
});

test("a frame has the ratio that is typed, and so have units of data", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  const choose = async (shape: string, ratio?: string) => {
    await cell.getByTestId("figure-menu").click();
    await cell.getByTestId("aspect").selectOption(shape);
    const field = cell.getByTestId("aspect-ratio");
    await (ratio === undefined ? expect(field).toHaveCount(0) : field.fill(ratio));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
  };
  await choose("frame", "0.5");
  await expect.poll(() => shapeOf(cell)).toBeCloseTo(0.5, 1);
  await choose("frame", "2.5");
  await expect.poll(() => shapeOf(cell)).toBeCloseTo(2.5, 1);
  // A pixel of the panel is half as wide as it is high, and there are as many along both axes.
  await choose("data", "0.5");
  await expect.poll(() => shapeOf(cell)).toBeCloseTo(0.5, 1);
  await choose("square");
  await expect.poll(() => shapeOf(cell)).toBeCloseTo(1, 1);
});

test("limits, labels and ratios of a layer hold until chosen otherwise, and are put back", async ({ page, visitor }) => {
  const theirs = await Dashboard.open(await visitor());
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  const field = (name: string) => editor.dialog.getByTestId(`param-axes-${name}`);
  await dashboard.cell(IMAGE).getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-edit").first().click();
  await field("x_labels").fill("21");
  await expect(editor.dialog).toContainText("must be a whole number from 2 to 20, or nothing");
  await field("x_labels").fill("3");
  await field("shape").selectOption("frame");
  await field("ratio").fill("0.5");
  // What goes between fields is found by the server, before anything is sent.
  await field("colour_min").fill("500");
  await expect(editor.dialog).toContainText("give both limits of colours, or none");
  await field("colour_max").fill("2");
  await expect(editor.dialog).toContainText("must be above where colours begin");
  await field("colour_min").fill("2");
  await field("colour_max").fill("500");
  await expect(editor.dialog.getByTestId("preview-picture")).toBeVisible();
  await editor.confirm();

  const cell = theirs.cell(IMAGE);
  await expect.poll(() => shapeOf(cell)).toBeCloseTo(0.5, 1);
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId("more-colour").locator("summary").click();
  await cell.getByTestId("more-x").locator("summary").click();
  const told = async () => [
    await cell.getByTestId("limit-colour-min").inputValue(),
    await cell.getByTestId("limit-colour-max").inputValue(),
    await cell.getByTestId("labels-x").inputValue(),
    await cell.getByTestId("aspect").inputValue(),
  ];
  await expect.poll(told).toEqual(["2", "500", "3", "frame"]);
  await cell.getByTestId("limit-colour-max").fill("900");
  await cell.getByTestId("limit-colour-max").press("Enter");
  await cell.getByTestId("labels-x").fill("7");
  await cell.getByTestId("labels-x").press("Enter");
  await cell.getByTestId("aspect").selectOption("square");
  await expect.poll(told).toEqual(["2", "900", "7", "square"]);
  await cell.getByTestId("axes-as-asked").click();
  await expect.poll(told).toEqual(["2", "500", "3", "frame"]);
});

test("the free places between two corners light up and say how large the plot gets", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(4);
  await editor.slot(0, 2).click();
  await editor.slot(1, 3).hover();
  await expect(editor.slot(0, 2)).toHaveAttribute("data-state", "anchor");
  await expect(editor.slot(0, 3)).toHaveAttribute("data-state", "inside");
  await expect(editor.slot(1, 3)).toContainText("Plot of 2 rows, 2 columns");
  await page.keyboard.press("Escape");
  await expect(editor.slot(0, 3)).toHaveAttribute("data-state", "free");
});

/** Changes the only layer of a cell: selects by the names of their fields. */
async function change(dashboard: Dashboard, title: string, choices: Record<string, string>): Promise<void> {
  const editor = await Editor.begin(dashboard);
  await dashboard.cell(title).getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-edit").first().click();
  for (const [field, value] of Object.entries(choices)) {
    await editor.dialog.getByTestId(field).selectOption(value);
  }
  await editor.confirm();
  await editor.control("edit-toggle").click();
  await dashboard.repaints(dashboard.cell(title));
}

/** How wide the frame of a cell's figure is for its height. */
async function shapeOf(cell: Locator): Promise<number> {
  const svg = await svgOf(cell);
  const [, width, height] = /<clipPath[^>]*><rect[^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return Number(width) / Number(height);
}

/** The picture of a cell as vectors. */
async function svgOf(cell: Locator): Promise<string> {
  await cell.getByTestId("save-menu").click();
  const download = cell.page().waitForEvent("download");
  await cell.getByTestId("save-svg").click();
  const file = await download;
  await cell.page().keyboard.press("Escape");
  return readFile(await file.path(), "utf8");
}
