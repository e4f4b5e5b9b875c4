// A client that cannot go on says so over dated pictures, does nothing any more, and a reload mends it.

import type { Page } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";
import { pause } from "../support/server.ts";
import { SyncCalls } from "../support/sync.ts";

test("a client that fails stops, and a reload mends it", async ({ browser, server }) => {
  // A context that is not watched for faults: this one has one on purpose.
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const dashboard = await Dashboard.open(page);
  await breakClient(page);

  await expect(page.getByTestId("stopped-banner")).toBeVisible();
  await expect(dashboard.connection).toHaveAttribute("data-state", "stopped");
  await expect(dashboard.connection).toHaveText("stopped");
  for (const cell of await dashboard.cells.all()) {
    await expect(cell.getByTestId("watermark")).toHaveText(/^as of \d\d:\d\d:\d\d$/);
    await expect(cell.getByTestId("watermark")).toBeVisible();
  }
  // The wake says something every two seconds: from then on nothing is left that could run.
  await pause(2_500);
  const calls = new SyncCalls(page);
  const painted = () => dashboard.figure(dashboard.cells.first()).getAttribute("data-version");
  const before = await painted();
  await pause(2_500);
  expect(await painted()).toBe(before);
  expect(calls.answered).toEqual([]);

  await page.getByTestId("reload").click();
  await expect(page.getByTestId("stopped-banner")).toBeHidden();
  await dashboard.isLive();
  await context.close();
});

test("a server of another protocol asks for a reload", async ({ page, context, faults }) => {
  const dashboard = await Dashboard.open(page);
  const other = await Dashboard.open(await context.newPage());
  await faults.whileRequestsMayFail(async () => {
    await page.route("**/api/v1/sync", (route) =>
      route.fulfill({ status: 426, contentType: "application/problem+json", body: "{}" }),
    );
    await expect(page.getByTestId("stopped-banner")).toBeVisible();
    await expect(dashboard.connection).toHaveAttribute("data-state", "outdated");
    await expect(page.getByTestId("watermark").first()).toBeVisible();
  });
  // The page gives up the wake that it held for both.
  await other.isLive();
  await other.repaints(other.cells.first());

  await page.unroute("**/api/v1/sync");
  await page.getByTestId("reload").click();
  await dashboard.isLive();
  await expect(page.getByTestId("stopped-banner")).toBeHidden();
});

/** Has the running client meet what it cannot survive: it is started once more, on a page without a snapshot. */
async function breakClient(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    document.getElementById("snapshot").remove();
    const script = document.querySelector("link[rel=modulepreload]").href;
    const client = await import(script);
    try { client.hydrate(); } catch {}
  })()`);
}
