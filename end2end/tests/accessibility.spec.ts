// Every page, in both colour schemes and on a phone: what axe can check, and what it cannot.

import { axeFindings } from "../support/axe.ts";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const PAGES = ["/", "/workflows", "/status", "/nowhere"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in ${colorScheme} colours`, async ({ page, faults }) => {
    await page.emulateMedia({ colorScheme });
    await Dashboard.open(page);
    for (const address of PAGES) {
      const visit = () => page.goto(address).then(() => page.getByTestId("header").waitFor());
      await (address === "/nowhere" ? faults.whileRequestsMayFail(visit) : visit());
      expect(await axeFindings(page), address).toEqual([]);
    }
  });
}

for (const [name, viewport] of [
  ["on a desk", { width: 1280, height: 800 }],
  ["on a phone", { width: 390, height: 844 }],
] as const) {
  test(`axe finds nothing on any grid with its menus open, ${name}`, async ({ page }) => {
    // A dozen cells, one after the other.
    test.slow();
    await page.setViewportSize(viewport);
    const dashboard = await Dashboard.open(page);
    for (const title of await dashboard.tabs.allTextContents()) {
      await dashboard.show(title);
      await dashboard.isLive();
      for (const cell of await dashboard.cells.all()) {
        await cell.getByTestId("figure-menu").click();
        await expect(cell.getByTestId("figure-settings")).toBeVisible();
        const where = `${title}: ${await cell.getByTestId("cell-title").textContent()}`;
        expect.soft(await axeFindings(page), where).toEqual([]);
        await page.keyboard.press("Escape");
      }
    }
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing while a grid is arranged, in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const editor = await Editor.begin(await Dashboard.open(page));
    await editor.columns(3);
    expect(await axeFindings(page), "free places").toEqual([]);
    await editor.between([0, 2], [1, 2]);
    await expect(editor.dialog.getByTestId("plot-output")).toBeVisible();
    expect(await axeFindings(page), "the form of a plot").toEqual([]);
    await editor.dialog.getByTestId("cancel").click();
    await editor.dashboard.cells.first().getByTestId("cell-layers").click();
    await expect(editor.dialog).toBeVisible();
    expect(await axeFindings(page), "layers").toEqual([]);
  });
}

test("a phone shows every cell without sideways scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const dashboard = await Dashboard.open(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  for (const cell of await dashboard.cells.all()) {
    const box = await cell.boundingBox();
    expect(box?.width).toBeGreaterThan(300);
    expect(box?.height).toBeGreaterThan(150);
  }
});

test("the keyboard reaches tabs and content", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to content")).toBeFocused();
  await dashboard.tabs.first().focus();
  await page.keyboard.press("Tab");
  await expect(dashboard.tabs.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dashboard.tabs.nth(1)).toHaveAttribute("aria-current", "page");
});
