// Two who change the same at the same instant, or while the server is away: who was later is told who did what, and no word is lost.

import type { Page } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const TOPOLOGY = "**/api/v1/topology";
const IMAGE = "Panel 0, since start";

/** Two pages that arrange the same grid; the other one is Anna's. */
async function both(page: Page, other: Page): Promise<{ mine: Editor; annas: Editor }> {
  const mine = await Editor.begin(await Dashboard.open(page));
  const annas = await Editor.begin(await Dashboard.open(other));
  await annas.control("own-name").fill("Anna");
  await annas.control("own-name").blur();
  return { mine, annas };
}

/**
 * Holds back what a page sends and what it hears, so that what it does meanwhile is based on what it knows now; returns what
 * lets all of that go.
 */
async function holdBack(page: Page): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  for (const held of [TOPOLOGY, "**/api/v1/sync"]) {
    await page.route(held, async (route) => {
      await released;
      await route.continue();
    });
  }
  return async () => {
    release();
    await page.unrouteAll({ behavior: "wait" });
  };
}

async function write(editor: Editor, field: string, text: string): Promise<void> {
  await editor.control(field).fill(text);
  await editor.control(field).press("Tab");
}

test("of two who name a grid at once the later is told by whom and how, and may have it the own way", async ({
  page,
  visitor,
  faults,
}) => {
  const { mine, annas } = await both(page, await visitor());
  const letGo = await holdBack(page);
  await write(mine, "grid-title", "Bank 2");
  await write(annas, "grid-title", "Bank 3");
  await expect(annas.dashboard.tabs.filter({ hasText: "Bank 3" })).toBeVisible();
  const toast = page.getByTestId("toast");
  await faults.whileRequestsMayFail(async () => {
    await letGo();
    await expect(toast).toContainText('Anna named this grid "Bank 3" meanwhile. Yours was "Bank 2".');
  });
  await expect(mine.control("grid-title")).toHaveValue("Bank 3");

  await toast.getByTestId("toast-offer").click();
  await expect(toast).toHaveCount(0);
  for (const { dashboard } of [mine, annas]) {
    await expect(dashboard.tabs.filter({ hasText: "Bank 2" })).toBeVisible();
  }
  // It is an edit like any other: Anna's name comes back with one step.
  await mine.control("undo").click();
  await expect(annas.control("grid-title")).toHaveValue("Bank 3");
});

test("of two who change different things of one grid at once both have their way", async ({ page, visitor, faults }) => {
  const { mine, annas } = await both(page, await visitor());
  const letGo = await holdBack(page);
  await write(mine, "grid-title", "Bank 2");
  await annas.columns(5);
  await faults.whileRequestsMayFail(async () => {
    await letGo();
    for (const { dashboard } of [mine, annas]) {
      await expect(dashboard.tabs.filter({ hasText: "Bank 2" })).toBeVisible();
      await expect(dashboard.page.getByTestId("grid")).toHaveClass(/cols-5\b/);
    }
  });
  await expect(page.getByTestId("toast")).toHaveCount(0);
});

test("sizes and titles of plots are raced for in the same way", async ({ page, visitor, faults }) => {
  const { mine, annas } = await both(page, await visitor());
  const toast = page.getByTestId("toast");
  let letGo = await holdBack(page);
  await write(mine, "grid-rows", "4");
  await write(annas, "grid-rows", "3");
  await expect(annas.dashboard.page.getByTestId("grid")).toHaveClass(/rows-3\b/);
  await faults.whileRequestsMayFail(async () => {
    await letGo();
    await expect(toast).toContainText("Anna gave this grid 3 rows meanwhile. Yours was 4 rows.");
  });
  await toast.getByRole("button", { name: "Dismiss" }).click();
  await expect(mine.control("grid-rows")).toHaveValue("3");

  const field = (editor: Editor) => editor.dashboard.cell(IMAGE).getByTestId("cell-title-field");
  const theirs = field(annas);
  letGo = await holdBack(page);
  await field(mine).fill("Peak");
  await field(mine).press("Tab");
  await theirs.fill("Bragg");
  await theirs.press("Tab");
  await expect(annas.dashboard.cell("Bragg")).toHaveCount(1);
  await faults.whileRequestsMayFail(async () => {
    await letGo();
    await expect(toast).toContainText('Anna named this plot "Bragg" meanwhile. Yours was "Peak".');
  });
  await toast.getByTestId("toast-offer").click();
  await expect(annas.dashboard.cell("Peak")).toHaveCount(1);
});

test("what was written while the server was away is kept, and written with one press", async ({
  page,
  visitor,
  server,
  faults,
}) => {
  test.setTimeout(90_000);
  const { mine, annas } = await both(page, await visitor());
  const toast = page.getByTestId("toast");
  await faults.whileRequestsMayFail(async () => {
    await server.kill();
    await write(mine, "grid-title", "Bank 2");
    await expect(toast).toContainText('"rename to Bank 2" was not confirmed', { timeout: 20_000 });
    await server.start();
    for (const { dashboard } of [mine, annas]) {
      await expect(dashboard.connection).toHaveAttribute("data-state", "live", { timeout: 15_000 });
    }
    await toast.getByTestId("toast-offer").click();
    await expect(annas.control("grid-title")).toHaveValue("Bank 2");

    // Away for a moment only: the same edit finds its way to a server that counts anew.
    await server.kill();
    await write(mine, "grid-title", "Bank 4");
    await server.start();
    await expect(annas.control("grid-title")).toHaveValue("Bank 4", { timeout: 20_000 });
  });
  await expect(toast).toHaveCount(0);
});
