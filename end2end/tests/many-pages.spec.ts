// Many pages of one browser: HTTP/1.1 allows six connections per host, so they share their wake.

import { Dashboard } from "../support/dashboard.ts";
import { test } from "../support/fixtures.ts";

test("eight pages of one browser stay live", async ({ context }) => {
  // Eight pages paint with one processor's software in place of a graphics card.
  test.slow();
  const dashboards: Dashboard[] = [];
  for (let n = 0; n < 8; n += 1) {
    dashboards.push(await Dashboard.open(await context.newPage()));
  }
  // Longer than it takes a silent wake to be noticed.
  await dashboards[0]?.page.waitForTimeout(6_000);
  for (const dashboard of dashboards) {
    await dashboard.page.bringToFront();
    await dashboard.isLive();
    await dashboard.repaints(dashboard.cells.first());
  }
});
