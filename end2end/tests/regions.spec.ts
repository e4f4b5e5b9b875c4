// Regions of interest: drawn on an image by hand, fingers and keys, seen by everybody, and their spectra.

import type { APIRequestContext } from "@playwright/test";
import { Api, type DataArray } from "../support/api.ts";
import { axeFindings } from "../support/axe.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { type Place, RegionEditor, type Region, regionsOf } from "../support/regions.ts";

const IMAGE = "Panel 0, since start";
/** Curves have no plane. */
const LINES = "Beam monitors, since start";
const SPECTRA = "Region spectra, since start";

/** The only region, once `holds` is true of it. */
async function only(request: APIRequestContext, holds: (it: Region) => boolean): Promise<Region> {
  let found: Region[] = [];
  await expect
    .poll(async () => {
      found = await regionsOf(request);
      return found.length === 1 && found.every(holds);
    })
    .toBe(true);
  return found[0] as Region;
}

test("a rectangle drawn in one page is in the other, and both edit different ones", async ({
  page,
  visitor,
  request,
}) => {
  const dashboard = await Dashboard.open(page);
  const mine = await RegionEditor.begin(dashboard, IMAGE);
  await expect(dashboard.cell(LINES).getByTestId("region-toggle")).toHaveCount(0);
  await mine.draw("rectangle", [0.36, 0.3], [0.45, 0.5]);
  const drawn = await only(request, (it) => it.area.rectangle !== undefined);
  const [left, right] = drawn.area.rectangle?.x ?? [NaN, NaN];
  expect(right - left).toBeGreaterThan(3);

  // Nothing is read out under a hand that draws.
  const readout = mine.cell.getByTestId("readout");
  await mine.drag([0.4, 0.4], [0.41, 0.41], "down");
  await expect(readout).toBeEmpty();
  await mine.dashboard.page.mouse.up();

  const theirs = await RegionEditor.begin(await Dashboard.open(await visitor()), IMAGE);
  await theirs.draw("ellipse", [0.5, 0.55], [0.6, 0.7]);
  await expect(mine.control("region-list").locator("option")).toHaveText([
    /none/,
    "Region 1",
    "Region 2",
  ]);
  // One holds the first while the other renames the second: both stay.
  await mine.select("Region 1");
  await mine.drag([0.4, 0.4], [0.44, 0.45], "down");
  await theirs.fill("region-name", "Ring");
  await expect(mine.control("region-list").locator("option")).toContainText(["Ring"]);
  await mine.dashboard.page.mouse.up();
  await expect
    .poll(async () => (await regionsOf(request)).map((it) => it.name))
    .toEqual(["Region 1", "Ring"]);
  const [moved] = await regionsOf(request);
  await expect
    .poll(async () => (await regionsOf(request))[0]?.area.rectangle?.x[0] ?? NaN)
    .toBeGreaterThan(left + 1);
  expect(moved?.id).toBe(drawn.id);
});

test("of two who hold the same one the later wins, and the other is told by whom", async ({
  page,
  visitor,
  request,
}) => {
  const mine = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
  await mine.draw("rectangle", [0.36, 0.3], [0.5, 0.55]);
  const before = await only(request, (it) => it.area.rectangle !== undefined);
  const theirs = await RegionEditor.begin(await Dashboard.open(await visitor()), IMAGE);
  await theirs.fill("own-name", "Anna");
  await theirs.select("Region 1");
  await mine.select("Region 1");
  // My hand holds it; theirs moves it meanwhile and lets go first.
  await mine.drag([0.43, 0.42], [0.46, 0.42], "down");
  await theirs.drag([0.43, 0.42], [0.43, 0.62]);
  await expect(page.getByTestId("toasts")).toContainText("was changed by Anna");
  await only(request, (it) => it.changed_by === "Anna");
  await page.mouse.up();
  const after = await only(request, (it) => it.changed_by !== "Anna");
  expect(after.area.rectangle?.y).toEqual(before.area.rectangle?.y);
  expect(after.area.rectangle?.x[0]).toBeGreaterThan(before.area.rectangle?.x[0] ?? NaN);
  await expect(theirs.control("region-by")).toContainText(after.changed_by);
  // What is taken back is one's own work since hers.
  await mine.control("undo").click();
  await only(request, (it) => it.area.rectangle?.y[0] !== before.area.rectangle?.y[0]);
});

test("a wrong number keeps its reason while others are written, until it fits", async ({ page, request }) => {
  const editor = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
  await editor.draw("rectangle", [0.4, 0.3], [0.5, 0.5]);
  await editor.fill("region-x-from", "20");
  await editor.fill("region-x-to", "40.5");
  const [wrong, reason] = [editor.control("region-x-to"), editor.control("region-x-to-error")];
  await editor.fill("region-x-to", "3");
  await expect(reason).toContainText("must be less");
  await editor.fill("region-y-to", "90");
  await only(request, (it) => it.area.rectangle?.y[1] === 90 && it.area.rectangle?.x[1] === 40.5);
  await expect(wrong).toHaveValue("3");
  await expect(wrong).toHaveAttribute("aria-invalid", "true");
  await expect(reason).toContainText("must be less");
  // It is taken as soon as it fits what is written beside it.
  await editor.fill("region-x-from", "1");
  await only(request, (it) => it.area.rectangle?.x[0] === 1 && it.area.rectangle?.x[1] === 3);
  await expect(reason).toBeEmpty();
  await expect(page.getByTestId("toast")).toHaveCount(0);
});

test("who removed the region that one edits is told", async ({ page, visitor }) => {
  const mine = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
  await mine.draw("rectangle", [0.36, 0.3], [0.5, 0.55]);
  const theirs = await RegionEditor.begin(await Dashboard.open(await visitor()), IMAGE);
  await theirs.fill("own-name", "Anna");
  await theirs.select("Region 1");
  await theirs.fill("region-name", "Bragg");
  await expect(page.getByTestId("toasts")).toContainText('"Region 1" was renamed "Bragg" by Anna');
  await theirs.control("region-remove").click();
  await expect(page.getByTestId("toasts")).toContainText('"Bragg" was removed by Anna');
  await expect(theirs.dashboard.page.getByTestId("toast")).toHaveCount(0);
});

test("what is drawn again under a region's id is not replaced by who takes its removal back", async ({
  page,
  request,
}) => {
  const editor = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
  await editor.draw("rectangle", [0.36, 0.3], [0.5, 0.55]);
  const drawn = await only(request, (it) => it.area.rectangle !== undefined);
  await editor.control("region-remove").click();
  await expect.poll(async () => (await regionsOf(request)).length).toBe(0);
  const theirs = { ...drawn, area: { rectangle: { x: [1, 2], y: [1, 2] } }, changed_by: "Anna" };
  const put = await request.put(`/api/v1/regions/${drawn.id}`, { data: theirs });
  expect(put.ok(), await put.text()).toBe(true);
  await expect(editor.control("region-list")).toContainText(drawn.name);
  await editor.control("undo").click();
  await expect(page.getByTestId("toasts")).toContainText("somebody drew that region again");
  await only(request, (it) => it.changed_by === "Anna" && it.area.rectangle?.x[1] === 2);
});

test("others see a region move while it is held; one step takes all of it back", async ({
  page,
  visitor,
  request,
}) => {
  const mine = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
  await mine.draw("rectangle", [0.36, 0.3], [0.5, 0.55]);
  const before = await only(request, (it) => it.area.rectangle !== undefined);
  const left = (it: Region) => it.area.rectangle?.x[0] ?? NaN;
  const theirs = await RegionEditor.begin(await Dashboard.open(await visitor()), IMAGE);
  await theirs.select("Region 1");

  await mine.drag([0.43, 0.42], [0.46, 0.42], "down");
  const held = await only(request, (it) => left(it) > left(before));
  await expect(theirs.control("region-x-from")).toHaveValue(String(left(held)));
  await page.mouse.move(...(await mine.at([0.5, 0.42])));
  const further = await only(request, (it) => left(it) > left(held));
  await page.mouse.up();
  await mine.control("undo").click();
  await only(request, (it) => left(it) === left(before));

  // Escape takes back what others have seen already.
  await mine.drag([0.43, 0.42], [0.46, 0.42], "down");
  await only(request, (it) => left(it) > left(before) && left(it) < left(further));
  await page.keyboard.press("Escape");
  await only(request, (it) => left(it) === left(before));
  await page.mouse.up();
  await only(request, (it) => left(it) === left(before));
});

test("regions and their spectra survive a crash, with the image's counts", async ({
  page,
  server,
  request,
  faults,
}) => {
  test.slow();
  const dashboard = await Dashboard.open(page);
  const editor = await RegionEditor.begin(dashboard, IMAGE);
  await editor.draw("rectangle", [0.4, 0.3], [0.5, 0.5]);
  await editor.fill("region-name", "Peak");
  await editor.fill("region-x-from", "20");
  await editor.fill("region-x-to", "40.5");
  await editor.fill("region-y-from", "29.5");
  await editor.fill("region-y-to", "60");
  await only(request, (it) => it.name === "Peak" && it.area.rectangle?.y[1] === 60);
  await editor.fill("region-x-to", "3");
  await expect(editor.control("region-x-to-error")).toContainText("must be less");
  await editor.draw("ellipse", [0.52, 0.55], [0.58, 0.7]);
  await expect.poll(async () => (await regionsOf(request)).length).toBe(2);

  await faults.whileRequestsMayFail(async () => {
    await server.kill();
    await server.start();
    await page.reload();
    await dashboard.isLive();
  });
  const kept = await regionsOf(request);
  expect(kept.map((it) => it.name)).toEqual(["Peak", "Region 1"]);
  expect(kept[0]?.area.rectangle).toEqual({ x: [20, 40.5], y: [29.5, 60] });

  const again = await RegionEditor.begin(dashboard, IMAGE);
  await page.getByTestId("edit-toggle").click();
  await page.getByTestId("grid-cols").fill("3");
  await page.getByTestId("grid-cols").press("Enter");
  await expect(page.getByTestId("grid")).toHaveClass(/\bcols-3\b/);
  await page.getByTestId("edit-toggle").click();
  await expect(again.bar).toBeHidden();
  const editing = await RegionEditor.begin(dashboard, IMAGE);
  await editing.control("region-spectra").click();
  const spectra = dashboard.cell(SPECTRA);
  await expect(spectra).toHaveAttribute("data-mark", "live");
  await dashboard.repaints(spectra);

  // Without data the numbers stand still: the spectrum adds up to what the image shows inside.
  const api = new Api(request);
  await api.command("panel_0_xy", "stop");
  await expect(dashboard.cell(IMAGE)).toHaveAttribute("data-mark", "stopped");
  await expect
    .poll(async () => {
      const image = (await api.dataOf(dashboard.cell(IMAGE)))[0] as DataArray;
      const counts = (await api.dataOf(spectra))[0] as DataArray;
      return total(counts, 0) - inside(image, [20, 40], [30, 60]);
    })
    .toBe(0);
  const counts = (await api.dataOf(spectra))[0] as DataArray;
  expect(total(counts, 0)).toBeGreaterThan(0);
  await editing.select("Peak");
  const sum = total(counts, 0).toString();
  await expect
    .poll(async () => (await editing.control("region-reading").textContent())?.replace(/\D/g, ""))
    .toContain(sum.slice(0, 3));
  expect(counts.coords["roi"]?.values).toEqual(["Peak", "Region 1"]);
});

test("everything is done by keys alone", async ({ page, request }) => {
  const dashboard = await Dashboard.open(page);
  const toggle = dashboard.cell(IMAGE).getByTestId("region-toggle");
  await toggle.focus();
  await page.keyboard.press("Enter");
  const polygon = page.getByTestId("region-polygon");
  await polygon.focus();
  await page.keyboard.press("Enter");
  await expect(polygon).toHaveAttribute("aria-pressed", "true");
  const figure = dashboard.figure(dashboard.cell(IMAGE));
  await figure.focus();
  await page.keyboard.press("Enter");
  const made = await only(request, (it) => it.area.polygon?.vertices.length === 3);
  const x = made.area.polygon?.vertices[0]?.[0] ?? NaN;
  for (let n = 0; n < 4; n += 1) await page.keyboard.press("ArrowRight");
  await only(request, (it) => it.area.polygon?.vertices[0]?.[0] === x + 4);
  await page.keyboard.press("Control+z");
  await only(request, (it) => it.area.polygon?.vertices[0]?.[0] === x);
  const vertices = page.getByTestId("region-vertices");
  await vertices.fill("10 10, 30 10, 30 30, 10 30");
  await page.keyboard.press("Enter");
  await only(request, (it) => it.area.polygon?.vertices.length === 4);
  await vertices.fill("10 10, 30");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("region-vertices-error")).toContainText("no point");
  await figure.focus();
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await regionsOf(request)).length).toBe(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing while regions are edited, in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const editor = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
    await editor.draw("ellipse", [0.4, 0.3], [0.5, 0.5]);
    expect(await axeFindings(page)).toEqual([]);
  });
}

test.describe("on a phone", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  for (const [way, to] of [
    ["down", [0.42, 0.65]],
    ["across", [0.65, 0.42]],
    ["askew", [0.6, 0.6]],
  ] as const) {
    test(`a finger that goes ${way} draws a rectangle and scrolls nothing`, async ({ page, request }) => {
      const editor = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
      await editor.control("region-rectangle").tap();
      const scrolled = await page.evaluate(() => scrollY);
      await stroke(editor, [0.38, 0.38], to);
      await only(request, (it) => it.area.rectangle !== undefined);
      expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    });
  }

  test("a polygon is tapped, and a finger moves it", async ({ page, request }) => {
    const editor = await RegionEditor.begin(await Dashboard.open(page), IMAGE);
    await editor.control("region-polygon").tap();
    const corners = [
      [0.35, 0.35],
      [0.55, 0.35],
      [0.55, 0.55],
      [0.35, 0.55],
    ] as const;
    for (const corner of corners) await page.touchscreen.tap(...(await editor.at(corner)));
    await page.touchscreen.tap(...(await editor.at(corners[0])));
    const made = await only(request, (it) => it.area.polygon?.vertices.length === 4);
    const x = made.area.polygon?.vertices[0]?.[0] ?? NaN;

    await stroke(editor, [0.42, 0.45], [0.52, 0.45]);
    await only(request, (it) => (it.area.polygon?.vertices[0]?.[0] ?? NaN) > x + 2);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });
});

/** A finger goes from place to place. */
async function stroke(editor: RegionEditor, from: Place, to: Place): Promise<void> {
  const [[fromX, fromY], [toX, toY]] = [await editor.at(from), await editor.at(to)];
  const touch = await editor.dashboard.page.context().newCDPSession(editor.dashboard.page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", way?: number) =>
    touch.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: way === undefined ? [] : [{ x: fromX + (toX - fromX) * way, y: fromY + (toY - fromY) * way }],
    });
  await send("touchStart", 0);
  for (let n = 1; n <= 8; n += 1) await send("touchMove", n / 8);
  await send("touchEnd");
}

/** All counts of a region. */
function total(spectra: DataArray, row: number): number {
  const bins = spectra.shape[1] ?? 0;
  const counts = spectra.values.slice(row * bins, (row + 1) * bins);
  return counts.reduce<number>((sum, it) => sum + (it ?? 0), 0);
}

/** The counts of an image between columns and between rows, both ends included. */
function inside(
  image: DataArray,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
): number {
  const columns = image.shape[1] ?? 0;
  return image.values.reduce<number>((sum, it, index) => {
    const [x, y] = [index % columns, Math.floor(index / columns)];
    const counts = x >= left && x <= right && y >= bottom && y <= top;
    return sum + (counts ? (it ?? 0) : 0);
  }, 0);
}
