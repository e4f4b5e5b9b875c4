// Plots look as they did: compared with pictures kept in `reference/`, by their pixels, with a tolerance.
//
// After a wanted change: `npx playwright test screenshots --update-snapshots`, and look at every picture.

import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { put } from "../support/put.ts";

const CONFIG = fileURLToPath(new URL("../fixtures/fixed.config.toml", import.meta.url));

/** What shipped plots draw: a name, the grid and the cell; nothing along time, which never is the same. */
const SHIPPED = [
  ["image", "Detectors", "Panel 0, since start"],
  ["lines", "Detectors", "Beam monitors, since start"],
  ["slicer", "Volume", "Panel 0 layers, since start"],
] as const;

const MONITORS = ["monitor1", "monitor2"];
const GEOMETRY = { line: { colour: "#ff00ff", width: 2 } };

/** Plots that are arranged here: a name and layers, each a plotter, its data and its parameters. */
const ARRANGED = [
  ["bars", [["bars", ["monitor_histogram", "counts_total_cumulative", MONITORS], {}]]],
  ["table", [["table", ["monitor_histogram", "counts_total_cumulative", MONITORS], {}]]],
  ["statistics", [["statistics", ["monitor_histogram", "cumulative", MONITORS], {}]]],
  ["overlay", [["overlay_1d", ["panel_0_xy", "cumulative", ["panel_0"]], {}]]],
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

test.use({ flags: ["--config", CONFIG], timezoneId: "UTC" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`shipped plots are drawn as before, ${colorScheme}`, async ({ page, request }) => {
    const dashboard = await open(page, colorScheme);
    for (const [name, grid, title] of SHIPPED) {
      await dashboard.show(grid);
      await looksAsBefore(`${name}-${colorScheme}`, dashboard, dashboard.cell(title), new Api(request));
    }
  });

  test(`every other plotter draws as before, ${colorScheme}`, async ({ page, request, server }) => {
    await arrange(server.url);
    const dashboard = await open(page, colorScheme);
    await dashboard.show("Plotters");
    for (const [name] of ARRANGED) {
      await looksAsBefore(`${name}-${colorScheme}`, dashboard, dashboard.cell(name), new Api(request));
    }
  });
}

async function open(page: Page, colorScheme: "light" | "dark"): Promise<Dashboard> {
  await page.emulateMedia({ colorScheme });
  await page.goto("/");
  const dashboard = new Dashboard(page);
  await expect(dashboard.connection).toHaveAttribute("data-state", "live");
  return dashboard;
}

/** Arranges a grid with a plot for each of them. */
async function arrange(url: string): Promise<void> {
  const grid = randomUUID();
  await put(`${url}/api/v1/grids/${grid}`, { title: "Plotters", nrows: 2, ncols: 4 });
  for (const [n, [title, layers]] of ARRANGED.entries()) {
    const cell = randomUUID();
    const geometry = { row: Math.floor(n / 4), col: n % 4, row_span: 1, col_span: 1 };
    await put(`${url}/api/v1/cells/${cell}`, { grid, geometry, title });
    for (const [order, [plotter, data, params]] of layers.entries()) {
      const config = { plotter, sources: sourcesOf(data), params };
      await put(`${url}/api/v1/layers/${randomUUID()}`, { cell, title: plotter, order, config });
    }
  }
}

function sourcesOf(data: readonly [string, string, readonly string[]] | null): object {
  if (data === null) return {};
  const [workflow, output, sources] = data;
  return { primary: { workflow: `dummy/${workflow}/1`, output, sources } };
}

/** Compares what a cell shows after the last data of the beam with the picture that is kept of it. */
async function looksAsBefore(name: string, dashboard: Dashboard, cell: Locator, api: Api): Promise<void> {
  const shown = cell.locator("[data-until]");
  const end = async () => Math.max(0, ...(await api.dataOf(cell)).map((it) => it.end_time_ns));
  await expect(cell).toHaveAttribute("data-mark", "stale", { timeout: 30_000 });
  const until = await end();
  await expect.poll(async () => Number(await shown.getAttribute("data-until"))).toBe(until);
  // What the range of an axis remembers of earlier data is no part of the picture.
  const fit = cell.getByTestId("fit");
  if (await fit.isVisible()) await fit.click();
  await dashboard.page.mouse.move(0, 0);
  await settled(dashboard.page);
  await expect(shown).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.01 });
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
