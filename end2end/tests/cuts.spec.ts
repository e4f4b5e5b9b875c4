// A profile's line lies on the image that it cuts, where it can be dragged while plots are arranged.

import type { Locator } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";

test("the line of a profile is dragged on its image, for everybody, and taken back", async ({ page, visitor, request }) => {
  const api = new Api(request);
  const theirs = await Dashboard.open(await visitor());
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(4);
  await editor.control("add-plot").click();
  await editor.choose("Panel 0 image · Image, since start");
  await editor.dialog.getByTestId("plot-plotter").selectOption("profile");
  await editor.dialog.getByTestId("plot-title").fill("Profile");
  for (const [name, value] of [["from_x", 20], ["from_y", 100], ["to_x", 100], ["to_y", 100]] as const) {
    await editor.dialog.getByTestId(`param-cut-${name}`).fill(`${value}`);
  }
  await editor.confirm();
  const profile = dashboard.cell("Profile");
  await expect(profile).toHaveAttribute("data-mark", "live");

  const image = dashboard.figure(dashboard.cell(IMAGE));
  const [from, to] = [await placeOf(dashboard, image, [60, 100]), await placeOf(dashboard, image, [60, 40])];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
  const cut = async () => api.paramsOf<Cut>("Profile").then((it) => it.cut);
  await expect.poll(async () => Math.round((await cut()).from_y)).toBeLessThan(60);
  const moved = await cut();
  expect(moved.from_y).toBe(moved.to_y);
  expect(moved.to_x - moved.from_x).toBeCloseTo(80, 3);
  await theirs.repaints(theirs.cell("Profile"));

  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await cut()).from_y).toBe(100);
});

interface Cut {
  cut: { from_x: number; from_y: number; to_x: number; to_y: number };
}

/** Where a place of the image is on the screen. */
async function placeOf(
  dashboard: Dashboard,
  figure: Locator,
  [x, y]: readonly [number, number],
): Promise<[number, number]> {
  const box = await figure.boundingBox();
  if (box === null) throw new Error("the figure is not on the page");
  const cell = dashboard.cell(IMAGE);
  const read = async (across: number, down: number) => {
    const text = await dashboard.readout(cell, across, down);
    const found = /^x (\d+), y (\d+)/.exec(text);
    if (found === null) throw new Error(`no place in "${text}"`);
    return [Number(found[1]), Number(found[2])] as const;
  };
  const [low, high] = [await read(0.3, 0.7), await read(0.6, 0.3)];
  const across = 0.3 + ((x - low[0]) / (high[0] - low[0])) * 0.3;
  const down = 0.7 - ((y - low[1]) / (high[1] - low[1])) * 0.4;
  return [box.x + across * box.width, box.y + down * box.height];
}
