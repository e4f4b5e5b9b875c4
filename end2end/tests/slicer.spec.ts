// Slices of a volume: the page has it whole, so that sliding asks nobody.

import type { Locator } from "@playwright/test";
import { Api, type DataArray } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { numbersIn } from "../support/readings.ts";
import { RegionEditor, regionsOf } from "../support/regions.ts";
import { SyncCalls } from "../support/sync.ts";

const VOLUME = "Panel 0 layers, since start";

test("a slice is the server's, without asking it, and is kept over a reload", async ({
  page,
  request,
}) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Volume");
  await dashboard.isLive();
  const cell = dashboard.cell(VOLUME);
  const volume = await stopped(dashboard, new Api(request));
  const position = cell.getByTestId("slice-position");
  const value = cell.getByTestId("slice-value");

  const calls = new SyncCalls(page);
  const last = volume.shape[0] ?? 0;
  const told = new Set<string>();
  let counts = 0;
  for (const index of [0, Math.floor(last / 3), last - 1]) {
    await position.fill(String(index));
    await expect(position).toHaveValue(String(index));
    told.add((await value.textContent()) ?? "");
    await painted(cell);
    const readout = await dashboard.readout(cell, 0.45, 0.5);
    const [x = NaN, y = NaN, shown] = numbersIn(readout);
    const [, rows = 0, columns = 0] = volume.shape;
    expect(shown, readout).toBe(volume.values[(index * rows + y) * columns + x]);
    counts += shown ?? 0;
  }
  // Three slices, three places; a volume without counts would prove nothing.
  expect(told.size).toBe(3);
  expect(counts).toBeGreaterThan(0);
  expect(calls.answered).toEqual([]);

  await position.fill("1");
  const kept = (await value.textContent()) ?? "";
  await page.reload();
  await expect(position).toHaveValue("1");
  await expect(value).toHaveText(kept);
});

test("a volume lies flat: every value has its place, without asking the server", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Volume");
  await dashboard.isLive();
  const cell = dashboard.cell(VOLUME);
  const volume = await stopped(dashboard, new Api(request));
  const [, rows = 0, columns = 0] = volume.shape;
  const calls = new SyncCalls(page);

  await cell.getByTestId("slice-plane").selectOption({ label: "All slices, x axis: x" });
  await expect(cell.getByTestId("slice-position")).toBeDisabled();
  await painted(cell);
  const layers = new Set<number>();
  let counts = 0;
  for (const down of [0.2, 0.4, 0.6, 0.8]) {
    const readout = await dashboard.readout(cell, 0.5, down);
    const [x = NaN, layer = NaN, y = NaN, shown] = numbersIn(readout);
    expect(shown, readout).toBe(volume.values[(layer * rows + y) * columns + x]);
    layers.add(layer);
    counts += shown ?? 0;
  }
  // Above each other lie planes that a slice shows one by one.
  expect(layers.size).toBeGreaterThan(1);
  expect(counts).toBeGreaterThan(0);
  expect(calls.answered).toEqual([]);

  await page.reload();
  await expect(cell.getByTestId("slice-plane")).toHaveValue("flat 2");
  await cell.getByTestId("slice-plane").selectOption("slice 0");
  await expect(cell.getByTestId("slice-position")).toBeEnabled();
});

test("regions lie on slices along their axes, and on no other plane", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Volume");
  await dashboard.isLive();
  const cell = dashboard.cell(VOLUME);
  const volume = await stopped(dashboard, new Api(request));
  const [layers = 0, rows = 0, columns = 0] = volume.shape;
  const editor = await RegionEditor.begin(dashboard, VOLUME);
  await editor.draw("rectangle", [0.3, 0.42], [0.7, 0.52]);
  await expect.poll(async () => (await regionsOf(request)).length).toBe(1);
  const drawn = (await regionsOf(request))[0]?.area.rectangle ?? { x: [NaN, NaN], y: [NaN, NaN] };

  // What is inside is that of the slice on the screen.
  const inside = (value: number, [low, high]: [number, number]) => low <= value && value <= high;
  const sums = new Set<number>();
  for (const index of [0, Math.floor(layers / 2), layers - 1]) {
    let [sum, elements] = [0, 0];
    for (let at = 0; at < rows * columns; at += 1) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      if (!inside(x, drawn.x) || !inside(y, drawn.y)) continue;
      sum += volume.values[index * rows * columns + at] ?? NaN;
      elements += 1;
    }
    await cell.getByTestId("slice-position").fill(String(index));
    const reading = editor.control("region-reading");
    await expect(reading).toContainText(`of ${elements} elements`);
    await expect
      .poll(async () => numbersIn((await reading.textContent()) ?? "")[0])
      .toBe(sum);
    sums.add(sum);
  }
  expect(sums.size).toBeGreaterThan(1);

  const options = editor.control("region-list").locator("option");
  await expect(options).toHaveText([/none/, "Region 1"]);
  const plane = cell.getByTestId("slice-plane");
  await plane.selectOption("slice 1");
  await expect(options).toHaveText(["no regions yet"]);
  await expect(page.getByTestId("toast")).toHaveCount(0);
  await expect(editor.control("region-hint")).toContainText("choose the one along the axes");
  await editor.control("region-rectangle").click();
  await editor.drag([0.4, 0.4], [0.6, 0.6]);
  await plane.selectOption("flat 2");
  await expect(options).toHaveText(["no regions yet"]);
  await plane.selectOption("slice 0");
  await expect(options).toHaveText([/none/, "Region 1"]);

  // It can be dragged there as on an image.
  await editor.control("region-hold").click();
  await editor.drag([0.5, 0.47], [0.55, 0.47]);
  const left = async () => (await regionsOf(request)).map((it) => it.area.rectangle?.x[0] ?? NaN);
  await expect.poll(async () => Math.max(...(await left()))).toBeGreaterThan(drawn.x[0] + 1);
  expect(await left()).toHaveLength(1);
  await editor.control("region-done").click();
  const toggle = cell.getByTestId("region-toggle");
  await expect(toggle).toBeAttached();
  await plane.selectOption("slice 2");
  await expect(toggle).not.toBeAttached();
});

/** Stops what the grid shows, so that nothing changes any more, and returns the volume. */
async function stopped(dashboard: Dashboard, api: Api): Promise<DataArray> {
  for (const workflow of ["panel_0_layers", "panel_0_xy"]) await api.command(workflow, "stop");
  for (const cell of await dashboard.cells.all()) {
    await expect(cell).toHaveAttribute("data-mark", "stopped");
  }
  for (const cell of await dashboard.cells.all()) {
    await dashboard.hasPainted(cell, await api.dataOf(cell));
  }
  const [volume] = await api.dataOf(dashboard.cell(VOLUME));
  if (volume === undefined) throw new Error("the volume has no data");
  expect(volume.dims.slice(1)).toEqual(["y", "x"]);
  return volume;
}

/** Waits until what was done is on the screen. */
async function painted(cell: Locator): Promise<void> {
  await cell.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
