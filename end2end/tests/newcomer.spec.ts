// From an empty data folder to live plots, with nothing to configure.

import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

test("a newcomer sees live plots", async ({ page }) => {
  const dashboard = await Dashboard.open(page);

  await expect(page).toHaveURL(/\/grids\/[0-9a-f-]{36}$/);
  await expect(page.getByTestId("instrument")).toHaveText("Dummy beamline");
  expect(await dashboard.cells.count()).toBeGreaterThanOrEqual(4);
  for (const cell of await dashboard.cells.all()) {
    await dashboard.repaints(cell);
  }
});

test("every default grid comes alive", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const titles = await dashboard.tabs.allTextContents();
  expect(titles.length).toBeGreaterThanOrEqual(2);
  for (const title of titles) {
    await dashboard.show(title);
    await dashboard.isLive();
    await expect(page.getByTestId("cell-notes").locator("li")).toHaveCount(0);
  }
});

test("the address of a grid opens that grid", async ({ page, visitor }) => {
  const dashboard = await Dashboard.open(page);
  const title = (await dashboard.tabs.last().textContent()) ?? "";
  await dashboard.show(title);
  const address = new URL(page.url()).pathname;

  const other = await Dashboard.open(await visitor(), address);
  await expect(other.tabs.last()).toHaveAttribute("aria-current", "page");
});

test("nothing moves when data arrive", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const places = () =>
    dashboard.cells.evaluateAll((cells) =>
      cells.map((cell) => {
        const { x, y, width, height } = cell.getBoundingClientRect();
        return [x, y, width, height];
      }),
    );
  const before = await places();
  for (const cell of await dashboard.cells.all()) {
    await dashboard.repaints(cell);
  }
  expect(await places()).toEqual(before);
});
