// The status page: what the server counts, with its date when it is not news any more.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";

test("the last counters stay while the server is away, with their date", async ({
  page,
  server,
  faults,
}) => {
  await page.goto("/status");
  const rows = page.getByTestId("stream");
  const notice = page.getByTestId("status-notice");
  await expect(rows.first()).toBeVisible();
  await expect(notice).toBeHidden();
  const count = await rows.count();
  await faults.whileRequestsMayFail(async () => {
    await server.kill();
    await expect(notice).toHaveText(/cannot be reached.*as of \d\d:\d\d:\d\d/);
    await expect(rows).toHaveCount(count);
    await server.start();
    await expect(notice).toBeHidden();
  });
  await expect(rows).toHaveCount(count);
});

test("a hidden page does not ask", async ({ page }) => {
  await page.goto("/status");
  await expect(page.getByTestId("stream").first()).toBeVisible();
  let asked = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/v1/status") asked += 1;
  });
  await show(page, "hidden");
  await page.waitForTimeout(5_000);
  expect(asked).toBe(0);
  await show(page, "visible");
  await expect.poll(() => asked).toBeGreaterThan(0);
});

/** Has the page believe that it is seen, or not. */
async function show(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}
