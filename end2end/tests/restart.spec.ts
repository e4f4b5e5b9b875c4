// The server goes away under an open page and comes back: pictures stay, the page recovers alone.

import { Dashboard, isRemembered, remember } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";
import { SyncCalls } from "../support/sync.ts";

test("a killed server leaves dated pictures, its return makes them live", async ({
  page,
  server,
  faults,
}) => {
  const dashboard = await Dashboard.open(page);
  const cells = await dashboard.cells.count();
  await remember(page);

  await faults.whileRequestsMayFail(async () => {
    await server.kill();
    await expect(dashboard.connection).toHaveAttribute("data-state", "reconnecting");
    await expect(dashboard.connection).toHaveAttribute("data-state", "offline", {
      timeout: 15_000,
    });
    expect(await dashboard.cells.count()).toBe(cells);
    await expect(page.getByTestId("watermark").first()).toBeVisible();

    const calls = new SyncCalls(page);
    await server.start();
    const back = Date.now();
    await expect(dashboard.connection).toHaveAttribute("data-state", "live", { timeout: 5_000 });
    expect(Date.now() - back).toBeLessThan(2_000);
    // The call after the snapshot tells the new run's epoch apart from the old one.
    await expect.poll(() => calls.snapshots()).toBe(1);
  });

  await dashboard.isLive();
  for (const cell of await dashboard.cells.all()) {
    await dashboard.repaints(cell);
  }
  expect(await isRemembered(page)).toBe(true);
});

test("a terminated server ends within five seconds, pages open", async ({ page, server, faults }) => {
  await Dashboard.open(page);
  await faults.whileRequestsMayFail(async () => {
    expect(await server.stop()).toBeLessThan(5_000);
  });
});

test("what a page did before a crash can be undone after it", async ({ page, server, faults }) => {
  const editor = await Editor.begin(await Dashboard.open(page));
  const count = await editor.dashboard.cells.count();
  await editor.dashboard.cells.first().getByTestId("cell-remove").click();
  await expect(editor.dashboard.cells).toHaveCount(count - 1);
  await editor.columns(4);
  await faults.whileRequestsMayFail(async () => {
    await server.kill();
    await server.start();
    await expect(editor.dashboard.connection).toHaveAttribute("data-state", "live", { timeout: 15_000 });
  });
  await editor.control("undo").click();
  await expect(page.getByTestId("grid")).not.toHaveClass(/cols-4\b/);
  await editor.control("undo").click();
  await expect(editor.dashboard.cells).toHaveCount(count);
});

test("an edit that was acknowledged is there after a kill, in the open page too", async ({
  page,
  server,
  faults,
}) => {
  const dashboard = await Dashboard.open(page);
  const tab = page.getByRole("link", { name: "Renamed just before" });
  const { grids } = (await (await page.request.get("/api/v1/grids")).json()) as {
    grids: { version: number; value: { id: string; nrows: number; ncols: number } }[];
  };
  const grid = grids[0]?.value;
  if (grid === undefined) throw new Error("the instrument brings grids");
  const address = `/api/v1/grids/${grid.id}`;
  const etag = (await page.request.get(address)).headers()["etag"] ?? "";
  const data = { ...grid, title: "Renamed just before" };

  await faults.whileRequestsMayFail(async () => {
    const answer = await page.request.put(address, { data, headers: { "If-Match": etag } });
    await server.kill();
    expect(answer.status(), await answer.text()).toBe(200);
    await server.start();
    await expect(dashboard.connection).toHaveAttribute("data-state", "live", { timeout: 15_000 });
  });
  await expect(tab).toBeVisible();
  await page.reload();
  await expect(tab).toBeVisible();
});
