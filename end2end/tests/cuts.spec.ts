// A profile's line lies on the image that it cuts, where it can be dragged while plots are arranged.

import type { Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { axeFindings } from "../support/axe.ts";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";

test("the line of a profile is dragged on its image, for everybody, and taken back", async ({ page, visitor, request }) => {
  const api = new Api(request);
  const theirs = await Dashboard.open(await visitor());
  const { dashboard } = await withProfile(page);

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

test("the line of a profile is moved by keys, whole and by its ends, as one step that is taken back", async ({ page, request }) => {
  const api = new Api(request);
  const { dashboard } = await withProfile(page);
  const cut = async () => api.paramsOf<Cut>("Profile").then((it) => it.cut);
  const handle = (part: string) => dashboard.cell(IMAGE).locator(`[data-testid=cut-handle][data-part=${part}]`);
  const whole = handle("whole");
  await expect(whole).toHaveAttribute("aria-label", "Line of Profile: from 20, 100 to 100, 100");
  await dashboard.figure(dashboard.cell(IMAGE)).focus();
  await page.keyboard.press("Tab");
  await expect(whole).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(whole).toHaveAttribute("aria-label", "Line of Profile: from 30, 98 to 110, 98");
  await expect(dashboard.cell(IMAGE).getByTestId("cut-spoken")).toHaveText("Line of Profile: from 30, 98 to 110, 98");
  expect(await cut()).toMatchObject({ from_x: 20, from_y: 100 });

  // Escape takes back what was not kept, and nothing else.
  await page.keyboard.press("Escape");
  await expect(whole).toHaveAttribute("aria-label", "Line of Profile: from 20, 100 to 100, 100");
  await expect(page.getByTestId("edit-bar")).toBeVisible();

  // The end moves alone, and going elsewhere keeps it.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(handle("end")).toBeFocused();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect.poll(cut).toMatchObject({ from_x: 20, from_y: 100, to_x: 99, to_y: 90 });
  await expect(handle("end")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+Tab");
  await expect.poll(cut).toMatchObject({ from_x: 20, from_y: 101, to_x: 99, to_y: 90 });

  // Each is one step.
  await page.keyboard.press("Control+z");
  await expect.poll(cut).toMatchObject({ from_y: 100, to_y: 90 });
  await page.keyboard.press("Control+z");
  await expect.poll(cut).toMatchObject({ from_y: 100, to_x: 100, to_y: 100 });
  expect(await axeFindings(page)).toEqual([]);
});

/** A page that arranges the first grid, with a profile along a row of its image. */
async function withProfile(page: Page): Promise<{ dashboard: Dashboard }> {
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

  return { dashboard };
}

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
