// The colours on a canvas are those of the data: painted by the graphics processor, without one, and after it was lost.

import type { Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";

test("WebGL paints the colours of the data, also after its context was lost", async ({
  page,
  request,
}) => {
  await watchWebGl(page, true);
  const dashboard = await prepared(page, new Api(request));
  expect(await contexts(page), "this browser has WebGL").toBe(1);
  await everyScaleIsTheDatas(dashboard, new Api(request));

  await page.evaluate(() => (window as unknown as Watched).webGl[0]?.getExtension("WEBGL_lose_context")?.loseContext());
  await repaint(dashboard);
  await coloursAreTheDatas(dashboard, new Api(request));
  expect(await contexts(page)).toBe(2);
});

test("a page without WebGL paints the same colours", async ({ page, request }) => {
  await watchWebGl(page, false);
  const dashboard = await prepared(page, new Api(request));
  expect(await contexts(page)).toBe(0);
  await everyScaleIsTheDatas(dashboard, new Api(request));
});

const THRESHOLD = 10;
/** How each scale spreads values. */
const SCALES = {
  linear: (value: number) => value,
  sqrt: (value: number) => Math.sign(value) * Math.sqrt(Math.abs(value)),
  symlog: (value: number) => Math.sign(value) * Math.log10(1 + Math.abs(value) / THRESHOLD),
};

async function everyScaleIsTheDatas(dashboard: Dashboard, api: Api): Promise<void> {
  for (const scale of ["sqrt", "symlog", "linear"] as const) {
    const cell = dashboard.cell(IMAGE);
    await cell.getByTestId("figure-menu").click();
    await cell.getByTestId(`scale-colour-${scale}`).check();
    if (scale === "symlog") {
      await cell.getByTestId("more-colour").locator("summary").click();
      await cell.getByTestId("threshold-colour").fill(String(THRESHOLD));
      await cell.getByTestId("threshold-colour").press("Enter");
    }
    await dashboard.page.keyboard.press("Escape");
    await painted(dashboard.page);
    await coloursAreTheDatas(dashboard, api, SCALES[scale]);
  }
}

/** Opens the page, stops the job, and chooses colours that are easy to calculate: grey, linear, from lowest to highest. */
async function prepared(page: Page, api: Api): Promise<Dashboard> {
  const dashboard = await Dashboard.open(page);
  await api.command("panel_0_xy", "stop");
  const cell = dashboard.cell(IMAGE);
  await expect(cell).toHaveAttribute("data-mark", "stopped");
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId("colour-map").selectOption("Grey");
  await cell.getByTestId("scale-colour-linear").check();
  await page.keyboard.press("Escape");
  await cell.getByTestId("fit").click();
  await painted(page);
  // Close enough that each element covers many pixels: a cursor does not say which of two it is between.
  await dashboard.figure(cell).hover();
  for (let n = 0; n < 5; n += 1) await page.mouse.wheel(0, -240);
  await painted(page);
  return dashboard;
}

/** Has the figure painted anew, as it was. */
async function repaint(dashboard: Dashboard): Promise<void> {
  await dashboard.figure(dashboard.cell(IMAGE)).focus();
  for (const key of ["ArrowLeft", "ArrowRight"]) {
    await dashboard.page.keyboard.press(key);
    await painted(dashboard.page);
  }
}

async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

async function coloursAreTheDatas(
  dashboard: Dashboard,
  api: Api,
  spread: (value: number) => number = SCALES.linear,
): Promise<void> {
  const cell = dashboard.cell(IMAGE);
  const [image] = await api.dataOf(cell);
  const values = (image?.values ?? []).map((value) => value ?? NaN);
  const [lowest, highest] = [spread(Math.min(...values)), spread(Math.max(...values))];
  expect(highest).toBeGreaterThan(lowest);
  const seen = new Set<number>();
  let exact = 0;
  let samples = 0;
  for (const across of [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]) {
    for (const down of [0.3, 0.4, 0.5, 0.6]) {
      const readout = await dashboard.readout(cell, across, down);
      const [x, y] = (readout.match(/\d+/g) ?? []).map(Number);
      const value = values[(y ?? NaN) * 128 + (x ?? NaN)] ?? NaN;
      const grey = Math.min(255, Math.floor(((spread(value) - lowest) / (highest - lowest)) * 256));
      const colours = await coloursAround(dashboard, across, down);
      const told = `${readout}: ${JSON.stringify(colours)}, not ${grey}`;
      // A value at the border of two colours may be rounded either way.
      const fits = ([r, g, b, a]: number[]) =>
        r === g && r === b && a === 255 && Math.abs((r ?? NaN) - grey) <= 1;
      expect(colours.some(fits), told).toBe(true);
      exact += fits(colours[4] ?? []) ? 1 : 0;
      samples += 1;
      seen.add(grey);
    }
  }
  expect(exact / samples, "most points are no border of an element").toBeGreaterThan(0.7);
  // A picture of one colour would prove nothing.
  expect(seen.size).toBeGreaterThan(5);
}

/** The colours of the device pixel under a point of the figure and of its eight neighbours, row by row. */
async function coloursAround(dashboard: Dashboard, across: number, down: number): Promise<number[][]> {
  return dashboard.figure(dashboard.cell(IMAGE)).evaluate(
    (element, [x, y]) => {
      const canvas = element as HTMLCanvasElement;
      const [left, top] = [Math.floor(canvas.width * x) - 1, Math.floor(canvas.height * y) - 1];
      const { data } = canvas.getContext("2d")?.getImageData(left, top, 3, 3) ?? { data: [] };
      return Array.from({ length: 9 }, (_, n) => [...data.slice(4 * n, 4 * n + 4)]);
    },
    [across, down] as const,
  );
}

/** Notes the WebGL contexts that a page gets, or gives it none. Call it before the page is opened. */
async function watchWebGl(page: Page, isThere: boolean): Promise<void> {
  await page.addInitScript((isThere) => {
    const webGl: WebGL2RenderingContext[] = [];
    Object.assign(window, { webGl });
    const { getContext } = HTMLCanvasElement.prototype;
    const watched = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      if (kind !== "webgl2") return Reflect.apply(getContext, this, [kind, ...rest]);
      const context = isThere ? Reflect.apply(getContext, this, [kind, ...rest]) : null;
      if (context !== null) webGl.push(context);
      return context;
    };
    Object.assign(HTMLCanvasElement.prototype, { getContext: watched });
  }, isThere);
}

async function contexts(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Watched).webGl.length);
}

interface Watched {
  webGl: WebGL2RenderingContext[];
}
