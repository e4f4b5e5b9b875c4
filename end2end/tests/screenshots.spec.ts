// Plots look as they did: compared with pictures kept in `reference/`, by their pixels, with a tolerance.
//
// After a wanted change: `npx playwright test screenshots --update-snapshots`, and look at every picture.

import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const CONFIG = fileURLToPath(new URL("../fixtures/fixed.config.toml", import.meta.url));

/** What each plotter draws: a name, the grid and the cell; nothing along time, which never is the same. */
const PLOTS = [
  ["image", "Detectors", "Panel 0, since start"],
  ["lines", "Detectors", "Beam monitors, since start"],
  ["slicer", "Volume", "Panel 0 layers, since start"],
] as const;

test.use({ flags: ["--config", CONFIG], timezoneId: "UTC" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`every plotter draws as before, ${colorScheme}`, async ({ page, request }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/");
    const dashboard = new Dashboard(page);
    await expect(dashboard.connection).toHaveAttribute("data-state", "live");
    const api = new Api(request);
    for (const [name, grid, title] of PLOTS) {
      await dashboard.show(grid);
      const cell = dashboard.cell(title);
      await beamHasEnded(dashboard, cell, api);
      // What the range of an axis remembers of earlier data is no part of the picture.
      await cell.getByTestId("fit").click();
      await page.mouse.move(0, 0);
      await settled(page);
      await expect(dashboard.figure(cell)).toHaveScreenshot(`${name}-${colorScheme}.png`, {
        maxDiffPixelRatio: 0.01,
      });
    }
  });
}

/** Waits until a cell has painted the last data of the beam. */
async function beamHasEnded(dashboard: Dashboard, cell: Locator, api: Api): Promise<void> {
  const end = async () => Math.max(0, ...(await api.dataOf(cell)).map((it) => it.end_time_ns));
  await expect(cell).toHaveAttribute("data-mark", "stale", { timeout: 30_000 });
  const until = await end();
  const painted = async () => Number(await dashboard.figure(cell).getAttribute("data-until"));
  await expect.poll(painted).toBe(until);
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
