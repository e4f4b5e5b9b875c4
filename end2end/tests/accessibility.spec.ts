// Every page, in both colour schemes and on a phone: what axe can check, and what it cannot.

import AxeBuilder from "@axe-core/playwright";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const PAGES = ["/", "/workflows", "/status", "/nowhere"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in ${colorScheme} colours`, async ({ page, faults }) => {
    await page.emulateMedia({ colorScheme });
    await Dashboard.open(page);
    for (const address of PAGES) {
      const visit = () => page.goto(address).then(() => page.getByTestId("header").waitFor());
      await (address === "/nowhere" ? faults.whileRequestsMayFail(visit) : visit());
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map((it) => `${address}: ${it.id}: ${it.nodes[0]?.html}`);
      expect(found).toEqual([]);
    }
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
