// What was published together is shown together: cells never show different pulses.

import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

/** That a figure has painted a version, and in which animation frame. */
interface Painting {
  cell: number;
  version: string;
  frame: number;
}

test("all cells of a grid take a version within one animation frame", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cells = await dashboard.cells.count();
  const paintings = await page.getByTestId("figure").evaluateAll(async (figures) => {
    const seen: Painting[] = [];
    const watch = new MutationObserver((changes) => {
      // The same for everything that runs before one picture of the page.
      const frame = Number(document.timeline.currentTime);
      for (const { target } of changes) {
        const version = (target as Element).getAttribute("data-version") ?? "";
        seen.push({ cell: figures.indexOf(target as HTMLElement), version, frame });
      }
    });
    for (const figure of figures) watch.observe(figure, { attributeFilter: ["data-version"] });
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    watch.disconnect();
    return seen;
  });
  const byVersion = new Map<string, Painting[]>();
  for (const it of paintings) byVersion.set(it.version, [...(byVersion.get(it.version) ?? []), it]);
  expect(byVersion.size).toBeGreaterThan(5);
  let whole = 0;
  for (const [version, painted] of byVersion) {
    expect(new Set(painted.map((it) => it.frame)).size, `version ${version}`).toBe(1);
    if (new Set(painted.map((it) => it.cell)).size === cells) whole += 1;
  }
  expect(whole, "ticks that concern every cell").toBeGreaterThan(2);
});
