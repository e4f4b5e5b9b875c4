// What hands and keys do to figures: read, zoom, hide; with a mouse, without one, and with fingers.

import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";

test("every tab is reached by the keyboard, on pages without a tab too", async ({ page, faults }) => {
  await faults.whileRequestsMayFail(async () => {
    await page.goto("/nowhere");
  });
  const dashboard = new Dashboard(page);
  await page.getByRole("link", { name: "Beamdeck: first grid" }).focus();
  for (const tab of await dashboard.tabs.all()) {
    await page.keyboard.press("Tab");
    await expect(tab).toBeFocused();
  }
});

test("a menu closes by Escape and when the focus goes elsewhere", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  const button = cell.getByTestId("figure-menu");
  const menu = cell.getByTestId("figure-settings");
  await button.click();
  await expect(menu).toBeVisible();
  expect(await button.getAttribute("aria-controls")).toBe(await menu.getAttribute("id"));
  await cell.getByTestId("follow-x").focus();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(menu).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(menu).toBeHidden();
});

test("keys move a cursor that reads values", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await dashboard.figure(cell).focus();
  await page.keyboard.press("Shift+ArrowRight");
  const spoken = cell.getByTestId("spoken");
  await expect(spoken).toHaveText(/x \d+, y \d+, .*counts/);
  const [x] = numbers(await spoken.textContent());
  for (let n = 0; n < 5; n += 1) await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => numbers(await spoken.textContent())[0]).toBeGreaterThan(x ?? NaN);
  await expect(cell.getByTestId("readout")).not.toBeEmpty();
  await page.keyboard.press("Escape");
  await expect(cell.getByTestId("readout")).toBeEmpty();
});

test("a box drawn with Shift is what is shown", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  const before = numbers(await dashboard.readout(cell, 0.35, 0.35));
  const box = await dashboard.figure(cell).boundingBox();
  if (box === null) throw new Error("the figure is not on the page");
  const at = (across: number, down: number) =>
    [box.x + box.width * across, box.y + box.height * down] as const;
  await page.keyboard.down("Shift");
  await page.mouse.move(...at(0.45, 0.45));
  await page.mouse.down();
  await page.mouse.move(...at(0.55, 0.55), { steps: 3 });
  await expect(cell.locator(".figure-band")).toBeVisible();
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(cell.locator(".figure-band")).toBeHidden();
  await dashboard.repaints(cell);
  const after = numbers(await dashboard.readout(cell, 0.35, 0.35));
  expect(after[0]).toBeGreaterThan((before[0] ?? NaN) + 5);

  // The button does the same without a key, once; Escape thinks better of it.
  const button = cell.getByTestId("box-zoom");
  await button.click();
  await dashboard.figure(cell).focus();
  await page.keyboard.press("Escape");
  await expect(button).toHaveAttribute("aria-pressed", "false");

  // A double click beside the axes means nothing.
  const canvas = dashboard.figure(cell);
  await canvas.dblclick({ position: { x: 2, y: box.height - 2 } });
  await dashboard.repaints(cell);
  const still = numbers(await dashboard.readout(cell, 0.35, 0.35));
  expect(Math.abs((still[0] ?? NaN) - (after[0] ?? NaN))).toBeLessThan(4);
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("a finger that scrolls the page leaves the figure as it was", async ({ page }) => {
    const dashboard = await Dashboard.open(page);
    const cell = dashboard.cell(IMAGE);
    const box = await dashboard.figure(cell).boundingBox();
    if (box === null) throw new Error("the figure is not on the page");
    const touch = await page.context().newCDPSession(page);
    const [x, y] = [box.x + box.width * 0.45, box.y + box.height * 0.75];
    const send = (type: "touchStart" | "touchMove" | "touchEnd", up?: number) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: up === undefined ? [] : [{ x, y: y - up }],
      });
    await send("touchStart", 0);
    for (let up = 25; up <= 250; up += 25) {
      await send("touchMove", up);
      // A picture is painted between, as under a real finger.
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await send("touchEnd");
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
    await page.evaluate(() => {
      window.scrollTo(0, 0);
    });
    await cell.getByTestId("cell-more").tap();
    await cell.getByTestId("figure-menu").tap();
    await expect(cell.getByTestId("follow-x")).toBeChecked();
    await expect(cell.getByTestId("follow-y")).toBeChecked();
  });

  test("a finger draws the box to be shown, once, and scrolls the page again", async ({ page }) => {
    const dashboard = await Dashboard.open(page);
    const cell = dashboard.cell(IMAGE);
    const canvas = dashboard.figure(cell);
    const button = cell.getByTestId("box-zoom");
    await cell.getByTestId("cell-more").tap();
    await button.tap();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    const box = await canvas.boundingBox();
    if (box === null) throw new Error("the figure is not on the page");
    const touch = await page.context().newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at === undefined ? [] : [{ x: box.x + box.width * at, y: box.y + box.height * at }],
      });
    await send("touchStart", 0.4);
    // Mostly downwards, which would scroll the page.
    for (const at of [0.45, 0.5, 0.55]) await send("touchMove", at);
    await expect(cell.locator(".figure-band")).toBeVisible();
    await send("touchEnd");
    await expect(cell.locator(".figure-band")).toBeHidden();
    await expect(button).toHaveAttribute("aria-pressed", "false");
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await expect(canvas).toHaveCSS("touch-action", "pan-y");
    await dashboard.repaints(cell);
    await page.touchscreen.tap(box.x + box.width * 0.3, box.y + box.height * 0.5);
    await expect(cell.getByTestId("readout")).toHaveText(/x \d+, y \d+/);
    // Of 128 columns about a sixth is left, and the left end is no longer zero.
    const [x] = numbers(await cell.getByTestId("readout").textContent());
    expect(x).toBeGreaterThan(35);
  });

  test("a title is read, and what can be done to its plot is a tap away", async ({ page }) => {
    const dashboard = await Dashboard.open(page);
    const cell = dashboard.cell(IMAGE);
    const isCut = () =>
      cell.getByTestId("cell-title").evaluate((it) => it.scrollWidth > it.clientWidth);
    expect(await isCut()).toBe(false);
    await cell.getByTestId("cell-more").tap();
    await cell.getByTestId("maximise").tap();
    await expect(dashboard.cells).toHaveCount(1);
    const box = await cell.boundingBox();
    expect(box?.height).toBeGreaterThan(700);
  });

  test("commands are found without a keyboard", async ({ page }) => {
    await Dashboard.open(page);
    await page.getByTestId("palette-open").tap();
    await expect(page.getByTestId("dialog")).toBeVisible();
    for (const hook of ["edit-toggle", "tab-workflows", "tab-status"]) {
      const box = await page.getByTestId(hook).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999), hook).toBeLessThanOrEqual(390);
    }
  });
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true });

  test("a tap reads a value and leaves it", async ({ page }) => {
    const dashboard = await Dashboard.open(page);
    const cell = dashboard.cell(IMAGE);
    const box = await dashboard.figure(cell).boundingBox();
    if (box === null) throw new Error("the figure is not on the page");
    await page.touchscreen.tap(box.x + box.width * 0.45, box.y + box.height * 0.5);
    await expect(cell.getByTestId("readout")).toHaveText(/x \d+, y \d+/);
    await dashboard.repaints(cell);
    await expect(cell.getByTestId("readout")).toHaveText(/x \d+, y \d+/);
  });
});

function numbers(text: string | null): number[] {
  return (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}
