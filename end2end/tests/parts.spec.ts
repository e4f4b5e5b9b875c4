// What a first visit does not need comes when it is first wanted, and when it does not come the page says so.

import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const PART = "**/split_arranging.wasm";

test("the tools for arranging are fetched once, by who arranges", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) fetched.push(new URL(request.url()).pathname);
  });
  const dashboard = await Dashboard.open(page);
  expect(fetched.filter((path) => path.includes("split_"))).toEqual([]);
  await Editor.begin(dashboard);
  await page.getByTestId("edit-toggle").click();
  await expect(page.getByTestId("edit-bar")).toHaveCount(0);
  await Editor.begin(dashboard);
  expect(fetched.filter((path) => path.includes("split_"))).toHaveLength(1);
  const kept = await page.request.get(fetched.at(-1) ?? "");
  expect(kept.headers()["cache-control"]).toContain("immutable");
});

test("while the tools are on their way the page says so and goes on", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  let letThrough = (): void => undefined;
  const wait = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(PART, async (route) => {
    await wait;
    await route.continue();
  });
  await page.getByTestId("edit-toggle").click();
  await expect(page.getByTestId("part-coming")).toHaveText("Loading the tools for arranging …");
  await dashboard.repaints(dashboard.cells.first());
  letThrough();
  await expect(page.getByTestId("edit-bar")).toBeVisible();
  await expect(page.getByTestId("part-coming")).toHaveCount(0);
});

test("tools that did not come are told, and come when asked for again", async ({ page, faults }) => {
  const dashboard = await Dashboard.open(page);
  await faults.whileRequestsMayFail(async () => {
    await page.route(PART, (route) => route.abort("connectionrefused"));
    await page.getByTestId("edit-toggle").click();
    await expect(page.getByTestId("part-failed")).toContainText("does not answer");
    await dashboard.repaints(dashboard.cells.first());
    await page.unroute(PART);
    await page.route(PART, (route) => route.fulfill({ status: 404 }));
    await page.getByTestId("part-retry").click();
    await expect(page.getByTestId("part-failed")).toBeVisible();
    await page.unroute(PART);
    await page.getByTestId("part-retry").click();
    await expect(page.getByTestId("edit-bar")).toBeVisible();
  });
  await expect(page.getByTestId("part-failed")).toHaveCount(0);
});
