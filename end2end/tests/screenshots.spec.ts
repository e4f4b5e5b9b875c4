// Plots look as they did: compared with pictures kept in `reference/`, by their pixels.
//
// The same beam gives the same pixels; those few that may differ are fewer than a missing label of an axis has. The
// pictures hold for Chromium with the fonts that they were taken with.
//
// After a wanted change: `npx playwright test screenshots --update-snapshots`, and look at every picture.

import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { put } from "../support/put.ts";
import { RegionEditor } from "../support/regions.ts";

const CONFIG = fileURLToPath(new URL("../fixtures/fixed.config.toml", import.meta.url));

/** Shipped plots by their grids: a name, and the title of the cell. */
const SHIPPED = [
  ["Detectors", [["image", "Panel 0, since start"], ["lines", "Beam monitors, since start"]]],
  ["Volume", [["slicer", "Panel 0 layers, since start"]]],
  ["Numbers", [["overlay", "Rows of the panel, since start"]]],
] as const;

const MONITORS = ["monitor1", "monitor2"];
const GEOMETRY = { line: { colour: "#ff00ff", width: 2 } };

/** Plots that are arranged here: a name and layers, each a plotter, its data and its parameters. */
const ARRANGED = [
  ["bars", [["bars", ["monitor_histogram", "counts_total_cumulative", MONITORS], {}]]],
  ["table", [["table", ["monitor_histogram", "counts_total_cumulative", MONITORS], {}]]],
  ["flatten", [["flatten", ["panel_0_layers", "cumulative", ["panel_0"]], {}]]],
  ["profile", [["profile", ["panel_0_xy", "cumulative", ["panel_0"]], { cut: { from_x: 0, from_y: 127, to_x: 127, to_y: 0 } }]]],
  ["logarithmic", [["lines", ["monitor_histogram", "cumulative", MONITORS], { axes: { x: "log", y: "log" }, style: { mode: "points", errors: "band" } }]]],
  ["geometry", [
    ["image", ["panel_0_xy", "cumulative", ["panel_0"]], { axes: { colour: "sqrt", shape: "free" } }],
    ["rectangles", null, { coordinates: "[20, 20, 60, 40], [70, 70, 120, 90]", fill: 0.3, ...GEOMETRY }],
    ["vlines", null, { positions: "64", ...GEOMETRY }],
    ["hlines", null, { positions: "10, 120", line: { ...GEOMETRY.line, dash: "dashed" } }],
  ]],
] as const;

/** The same, with as much room as they need. */
const WIDE = [
  ["statistics", [["statistics", ["monitor_histogram", "cumulative", MONITORS], {}]]],
] as const;

/** Where a value is taken along: a device, as an axis. */
const STAGE = { workflow: "dummy/timeseries_data/1", output: "delta", sources: ["motion1"] };
const TEMPERATURE = { ...STAGE, sources: ["sample_temperature"] };
const COUNTS = ["panel_0_xy", "counts_total", ["panel_0"]] as const;
const RATES = { per_second: true };

/** Plots of what happened when: the same, with what else their sources are. */
const ALONG_TIME = [
  ["timeseries", [["timeseries", ["monitor_histogram", "counts_total", MONITORS], {}]]],
  ["waterfall", [["waterfall", ["monitor_histogram", "current", ["monitor1"]], { seconds: 10, rows: 20 }]]],
  ["correlation-histogram-1d", [["correlation_histogram_1d", COUNTS, { x_bins: 40, values: RATES }, { x_axis: STAGE }]]],
  ["correlation-histogram-2d", [["correlation_histogram_2d", COUNTS, { values: RATES }, { x_axis: STAGE, y_axis: TEMPERATURE }]]],
] as const;

/** Regions by their names: one of each kind, and two whose names would lie over each other. */
const REGIONS = [
  ["Beam", { rectangle: { x: [50, 78], y: [50, 78] } }],
  ["Beam, wider", { rectangle: { x: [49, 80], y: [46, 79] } }],
  ["Ring", { ellipse: { centre: [64, 64], radii: [40, 40] } }],
  ["Corner", { polygon: { vertices: [[4, 100], [30, 124], [4, 124]] } }],
] as const;

/** When the beam comes on: the server must be up by then, and its slots of time begin with each second. */
let startMs = 0;

test.use({
  flags: async ({}, use) => {
    startMs = Math.ceil(Date.now() / 1000 + 6) * 1000;
    await use(["--config", CONFIG, "--set", `simulator.start_time_ns=${startMs}000000`]);
  },
  timezoneId: "UTC",
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`shipped plots are drawn as before, ${colorScheme}`, async ({ visitor, request }) => {
    await lookAsBefore(colorScheme, SHIPPED, visitor, new Api(request));
  });

  test(`every other plotter draws as before, ${colorScheme}`, async ({ visitor, request, server }) => {
    await arrange(server.url, "Plotters", { nrows: 2, ncols: 3 }, ARRANGED);
    await arrange(server.url, "Wide", { nrows: 2, ncols: 1 }, WIDE);
    const grids = [["Plotters", namesOf(ARRANGED)], ["Wide", namesOf(WIDE)]] as const;
    await lookAsBefore(colorScheme, grids, visitor, new Api(request));
  });

  test(`what lies along time is drawn as before, ${colorScheme}`, async ({ visitor, request, server }) => {
    await arrange(server.url, "Along time", { nrows: 2, ncols: 2 }, ALONG_TIME);
    const living = async () => livingAt(await visitor(), startMs, "2026-01-01T12:00:00Z");
    const grids = [["Along time", namesOf(ALONG_TIME)]] as const;
    await lookAsBefore(colorScheme, grids, living, new Api(request));
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`regions, and what edits them, look as before, ${colorScheme}`, async ({ visitor, request, server }) => {
    const api = new Api(request);
    const early = await open(await visitor(), colorScheme);
    await hasTheLast(early.cell("Panel 0, since start"), api);
    for (const [n, [name, area]] of REGIONS.entries()) {
      const region = { workflow: "dummy/panel_0_xy/1", source: "panel_0", name, colour: n, area, changed_by: "Ada" };
      await put(`${server.url}/api/v1/regions/${randomUUID()}`, region);
    }
    const late = await open(await visitor(), colorScheme);
    await late.page.setViewportSize({ width: 1440, height: 900 });
    const editor = await RegionEditor.begin(late, "Panel 0, since start");
    await editor.fill("own-name", "Ada");
    await editor.select("Ring");
    await hasTheLast(editor.cell, api);
    await settled(late.page);
    for (const [name, picture] of [["regions", pictureOf(editor.cell)], ["region-bar", editor.bar]] as const) {
      await expect(picture).toHaveScreenshot(`${name}-${colorScheme}.png`, { maxDiffPixels: 60 });
    }
  });
}

/** Puts the reader into a zone where it is `then` at a moment. */
async function livingAt(page: Page, momentMs: number, then: string): Promise<Page> {
  const behindMs = momentMs - Date.parse(then);
  await page.addInitScript((minutes) => {
    Date.prototype.getTimezoneOffset = () => minutes;
  }, behindMs / 60_000);
  return page;
}

type ColorScheme = "light" | "dark";

async function open(page: Page, colorScheme: ColorScheme): Promise<Dashboard> {
  await page.emulateMedia({ colorScheme });
  await page.goto("/");
  const dashboard = new Dashboard(page);
  await expect(dashboard.connection).toHaveAttribute("data-state", "live");
  return dashboard;
}

/** A plot: its name and its layers, each a plotter, its data and its parameters, and axes that are sources too. */
type Plot = readonly [string, readonly (readonly [string, Data | null, object, object?])[]];
type Data = readonly [workflow: string, output: string, sources: readonly string[]];

/** Arranges a grid with a plot for each of them. */
async function arrange(
  url: string,
  title: string,
  size: { nrows: number; ncols: number },
  plots: readonly Plot[],
): Promise<void> {
  const grid = randomUUID();
  await put(`${url}/api/v1/grids/${grid}`, { title, ...size });
  for (const [n, [title, layers]] of plots.entries()) {
    const cell = randomUUID();
    const geometry = { row: Math.floor(n / size.ncols), col: n % size.ncols, row_span: 1, col_span: 1 };
    await put(`${url}/api/v1/cells/${cell}`, { grid, geometry, title });
    for (const [order, [plotter, data, params, axes]] of layers.entries()) {
      const config = { plotter, sources: { ...sourcesOf(data), ...axes }, params };
      await put(`${url}/api/v1/layers/${randomUUID()}`, { cell, title: plotter, order, config });
    }
  }
}

/** Plots that are arranged here have their names for titles. */
function namesOf(plots: readonly Plot[]): [name: string, title: string][] {
  return plots.map(([name]) => [name, name]);
}

function sourcesOf(data: Data | null): object {
  if (data === null) return {};
  const [workflow, output, sources] = data;
  return { primary: { workflow: `dummy/${workflow}/1`, output, sources } };
}

/** Grids by their titles, with those of the cells that there is a picture of. */
type Grids = readonly (readonly [grid: string, cells: readonly (readonly [name: string, title: string])[]])[];

/** Compares what there is after the last data of the beam with the pictures that are kept of it. */
async function lookAsBefore(
  colorScheme: ColorScheme,
  grids: Grids,
  visitor: () => Promise<Page>,
  api: Api,
): Promise<void> {
  const early = await open(await visitor(), colorScheme);
  const [grid = "", cells = []] = grids[0] ?? [];
  await early.show(grid);
  for (const [, title] of cells) await hasTheLast(early.cell(title), api);
  expect((await api.source()).message, "all pulses were sent").not.toContain("left out");
  // What a page remembers of earlier data, in its ranges and in the room for their labels, is no part of the picture.
  const late = await open(await visitor(), colorScheme);
  for (const [grid, cells] of grids) {
    await late.show(grid);
    for (const [name, title] of cells) {
      const cell = late.cell(title);
      await hasTheLast(cell, api);
      await settled(late.page);
      await expect(pictureOf(cell)).toHaveScreenshot(`${name}-${colorScheme}.png`, { maxDiffPixels: 60 });
    }
  }
}

/** Waits until a cell shows what there is since the beam has gone. */
async function hasTheLast(cell: Locator, api: Api): Promise<void> {
  await expect(cell).toHaveAttribute("data-mark", "stale", { timeout: 30_000 });
  const until = Math.max(0, ...(await api.dataOf(cell)).map((it) => it.end_time_ns));
  await expect.poll(async () => Number(await pictureOf(cell).getAttribute("data-until"))).toBe(until);
}

/** The canvas of a cell, or its table. */
function pictureOf(cell: Locator): Locator {
  return cell.locator("[data-until]");
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
