// A page that goes says so: nothing is computed for it any more, well before its lease would end.

import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

test("pictures are computed until the last page goes, and no longer", async ({ page, request }) => {
  await Dashboard.open(page);
  const revision = async () => {
    const metrics = await (await request.get("/metrics")).text();
    return Number(/^beamdeck_revision (\d+)$/m.exec(metrics)?.[1]);
  };
  const before = await revision();
  await expect.poll(revision, "somebody looks").toBeGreaterThan(before);

  await page.goto("about:blank");
  const isAtRest = async () => {
    const first = await revision();
    await page.waitForTimeout(1_000);
    return (await revision()) === first;
  };
  // A lease lasts 15 s.
  await expect.poll(isAtRest, { timeout: 6_000 }).toBe(true);
});
