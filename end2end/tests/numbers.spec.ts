// What a person reads off the screen is what the server has.

import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { numbersIn } from "../support/readings.ts";

const IMAGE = "Panel 0, since start";
const COUNTS = "Panel 0 counts";

test("the value under the cursor is the server's", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  const [image] = await frozen(dashboard, new Api(request), IMAGE);
  const [rows, columns] = image?.shape ?? [];
  expect([rows, columns]).toEqual([128, 128]);

  let sum = 0;
  for (const across of [0.3, 0.4, 0.5, 0.6]) {
    const readout = await dashboard.readout(cell, across, 0.5);
    const { x, y, value } = elementIn(readout);
    expect(value, readout).toBe(image?.values[y * 128 + x]);
    sum += value;
  }
  // A picture without counts would prove nothing.
  expect(sum).toBeGreaterThan(0);
});

test("the newest total on the screen is the server's", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  const [series] = await frozen(dashboard, new Api(request), COUNTS);
  const newest = series?.values.at(-1);
  expect(newest).toBeGreaterThan(0);

  expect(await dashboard.tellsOfNewest(dashboard.cell(COUNTS), newest)).toBe(true);
});

/** Stops the panel's job, so that nothing changes any more, and returns what the cell shows. */
async function frozen(dashboard: Dashboard, api: Api, title: string) {
  await api.command("panel_0_xy", "stop");
  const cell = dashboard.cell(title);
  await expect(cell).toHaveAttribute("data-mark", "stopped");
  return api.dataOf(cell);
}

function elementIn(readout: string): { x: number; y: number; value: number } {
  const [x, y, value] = numbersIn(readout);
  if (x === undefined || y === undefined || value === undefined) {
    throw new Error(`no element in the read-out: ${readout}`);
  }
  return { x, y, value };
}
