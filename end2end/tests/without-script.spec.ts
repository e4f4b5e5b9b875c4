// The page without JavaScript: what is there, in which state, the newest numbers, and a word about it.

import { expect, test } from "../support/fixtures.ts";

test.use({ javaScriptEnabled: false });

test("cells, numbers and a notice are there", async ({ page }) => {
  await page.goto("/");
  // Jobs need a moment after a first start until they have something to tell.
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByTestId("cell").and(page.locator("[data-mark=live]")).count();
    })
    .toBeGreaterThanOrEqual(4);

  await expect(page.getByTestId("noscript-notice")).toBeVisible();
  await expect(page.getByTestId("connection")).toBeHidden();
  await expect(page.getByTestId("readings").first()).toBeVisible();
  const values = await page.locator(".reading-value").allTextContents();
  expect(values.map(Number).filter(Number.isFinite).length).toBeGreaterThan(0);
});

test("links lead to the other grids", async ({ page }) => {
  await page.goto("/");
  const tab = page.getByTestId("grid-tab").last();
  await tab.click();
  await expect(page.getByTestId("grid-tab").last()).toHaveAttribute("aria-current", "page");
  await expect(page.getByTestId("cell").first()).toBeVisible();
});
