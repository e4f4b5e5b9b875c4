// Tick labels say where the data are: what the server has at a coordinate is found where the axis says.

import type { Locator } from "@playwright/test";
import { Api, centresOf, type DataArray } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { axesOf, type PaintedAxis, type Scale, watchWords } from "../support/painted.ts";
import { numbersIn } from "../support/readings.ts";

const IMAGE = "Panel 0, since start";
const LINES = "Beam monitors, since start";

type Place = readonly [number, number];

test("an image's ticks are its pixels, before and after a zoom", async ({ page, request }) => {
  await watchWords(page);
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  const [image] = await stopped(dashboard, cell, new Api(request), "panel_0_xy");
  if (image === undefined) throw new Error("the image has data");
  await pixelsAreWhereTicksSay(dashboard, cell, image);

  await zoomIn(dashboard, cell, [200, 150]);
  await pixelsAreWhereTicksSay(dashboard, cell, image);
});

test("lines' ticks are their coordinates, linear and logarithmic, before and after a zoom", async ({
  page,
  request,
}) => {
  // Some forty places are looked at.
  test.slow();
  await watchWords(page);
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(LINES);
  const curves = await stopped(dashboard, cell, new Api(request), "monitor_histogram");
  const check = (x: Scale, y: Scale) => pointsAreWhereTicksSay(dashboard, cell, curves, { x, y });
  await check("linear", "linear");
  await choose(cell, "scale-y-log");
  const [somewhere] = (await check("linear", "log")).slice(-1);
  await zoomIn(dashboard, cell, somewhere);
  await check("linear", "log");
  await choose(cell, "scale-x-log");
  await check("log", "log");
  await choose(cell, "scale-y-linear");
  await check("log", "linear");
});

/** Looks for pixels of an image where its axes say they are. */
async function pixelsAreWhereTicksSay(
  dashboard: Dashboard,
  cell: Locator,
  image: DataArray,
): Promise<void> {
  const { x, y, titles } = await axesOf(dashboard.figure(cell), { x: "linear", y: "linear" });
  expect(titles).toEqual(["x", "y", `${image.label} [${image.unit}]`]);
  const [columns, rows] = [centresOf(image, "x"), centresOf(image, "y")];
  // Every label of both axes, along a diagonal; those at the very edge belong to the frame.
  const inner = ({ ticks }: PaintedAxis) => ticks.slice(1, -1).map(([, value]) => value);
  const [across, down] = [inner(x), inner(y)];
  for (let n = 0; n < Math.max(across.length, down.length); n += 1) {
    const [column = NaN, row = NaN] = [across[n % across.length], down[n % down.length]];
    const readout = await dashboard.readoutAt(cell, [x.px(column), y.px(row)]);
    const [toldColumn = NaN, toldRow = NaN, value] = numbersIn(readout);
    isHere(x, toldColumn, column, readout);
    isHere(y, toldRow, row, readout);
    const element = rows.indexOf(toldRow) * columns.length + columns.indexOf(toldColumn);
    expect(value, readout).toBe(image.values[element]);
  }
}

/** That an element lies under a place: not farther away than half of it and a pixel of the screen. */
function isHere(axis: PaintedAxis, told: number, wanted: number, readout: string): void {
  const half = Math.abs(axis.px(1) - axis.px(0)) / 2;
  expect(Math.abs(axis.px(told) - axis.px(wanted)), readout).toBeLessThanOrEqual(half + 1.5);
}

/** Looks for points of the curves where the axes say they are; returns the places where they were found. */
async function pointsAreWhereTicksSay(
  dashboard: Dashboard,
  cell: Locator,
  curves: DataArray[],
  scales: { x: Scale; y: Scale },
): Promise<Place[]> {
  const { x, y, titles } = await axesOf(dashboard.figure(cell), scales);
  const found: Place[] = [];
  for (const curve of curves) {
    const [dim = ""] = curve.dims;
    expect(titles).toEqual([
      `Time of arrival [${curve.coords[dim]?.unit}]`,
      `${curve.label} [${curve.unit}]`,
    ]);
    const points = centresOf(curve, dim).map((it, n) => [it, curve.values[n] ?? NaN] as const);
    const shown = points.filter(([centre, value]) => x.covers(centre) && y.covers(value));
    for (const [centre, value] of some(shown)) {
      const place = [x.px(centre), y.px(value)] as const;
      const readout = await dashboard.readoutAt(cell, place);
      // Where curves cross another one may be as near.
      if (!readout.startsWith(`${curve.name}:`)) continue;
      const marker = await markerOf(cell);
      expect(Math.hypot(marker[0] - place[0], marker[1] - place[1]), readout).toBeLessThan(2);
      expect(numbersIn(readout.slice(curve.name.length))[0], readout).toBeCloseTo(centre, 3);
      found.push(place);
    }
  }
  expect(found.length).toBeGreaterThan(2);
  return found;
}

/** A few of many, from one end to the other. */
function some<T>(many: T[]): T[] {
  const step = Math.max(1, Math.floor(many.length / 4));
  return many.filter((_, n) => n % step === 0);
}

/** Stops a cell's jobs, and returns what the cell shows once its last picture is painted: nothing changes any more. */
async function stopped(
  dashboard: Dashboard,
  cell: Locator,
  api: Api,
  workflow: string,
): Promise<DataArray[]> {
  await api.command(workflow, "stop");
  await expect(cell).toHaveAttribute("data-mark", "stopped");
  const data = await api.dataOf(cell);
  await dashboard.hasPainted(cell, data);
  return data;
}

/** Where a cell marks the point that its read-out is about. */
async function markerOf(cell: Locator): Promise<Place> {
  const transform = await cell
    .locator(".figure-marker")
    .evaluate((it) => new DOMMatrix((it as HTMLElement).style.transform));
  return [transform.e, transform.f];
}

async function choose(cell: Locator, control: string): Promise<void> {
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId(control).check();
  await cell.page().keyboard.press("Escape");
  await painted(cell);
}

/** Zooms towards a place of the figure. */
async function zoomIn(dashboard: Dashboard, cell: Locator, at: Place | undefined): Promise<void> {
  const box = await dashboard.figure(cell).boundingBox();
  if (box === null || at === undefined) throw new Error("there is no such place on the page");
  await dashboard.page.mouse.move(box.x + at[0], box.y + at[1]);
  for (let n = 0; n < 3; n += 1) await dashboard.page.mouse.wheel(0, -240);
  await painted(cell);
}

/** Waits until what was done is on the screen: nothing else paints a figure whose jobs have ended. */
async function painted(cell: Locator): Promise<void> {
  await cell.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
