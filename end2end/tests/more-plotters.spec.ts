// Plotters that look back in time, cut through an image, or draw what people say.

import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";
import { put } from "../support/put.ts";

test("a waterfall of a monitor tells rates over time, from before it was added on", async ({ page }) => {
  const { dashboard, editor } = await begin(page);
  // So long that there is a past, and not as long as is asked for.
  await page.waitForTimeout(8_000);
  await editor.between([0, 2], [1, 2]);
  await editor.choose("Beam monitor · Histogram, latest");
  await editor.dialog.getByTestId("plot-plotter").selectOption("waterfall");
  await editor.dialog.getByTestId("param-seconds").fill("30");
  await editor.dialog.getByTestId("param-rows").fill("30");
  await editor.confirm();
  const cell = dashboard.cell("Beam monitor · Histogram, latest");
  await expect(cell).toHaveAttribute("data-mark", "live");
  await dashboard.repaints(cell);
  // The newest rows are above; below the first of them nothing is known.
  expect(await dashboard.readout(cell, 0.5, 0.2)).toContain("counts/s");
  expect(await dashboard.readout(cell, 0.5, 0.8)).toMatch(/ no data$/);
});

test("a waterfall of a region goes on under another name, and says when the region is gone", async ({ page, server }) => {
  const region = { id: crypto.randomUUID(), address: "" };
  region.address = `${server.url}/api/v1/regions/${region.id}`;
  const draw = (name: string) =>
    put(region.address, {
      workflow: "dummy/panel_0_xy/1",
      source: "panel_0",
      name,
      area: { rectangle: { x: [20, 60], y: [20, 60] } },
    });
  await draw("Peak");
  const { dashboard, editor } = await begin(page);
  await editor.between([0, 2], [1, 2]);
  await editor.choose("Panel 0 image · Region spectra, latest");
  await editor.dialog.getByTestId("plot-plotter").selectOption("waterfall");
  await expect(editor.dialog).toContainText("choose a region: a waterfall shows one");
  await editor.dialog.getByTestId("param-region-id").selectOption({ label: "Peak" });
  await editor.dialog.getByTestId("param-seconds").fill("20");
  await editor.dialog.getByTestId("param-rows").fill("20");
  await editor.confirm();
  const cell = dashboard.cell("Panel 0 image · Region spectra, latest");
  await expect(cell).toHaveAttribute("data-mark", "live");
  const told = () => dashboard.readout(cell, 0.5, 0.2);
  await expect.poll(told).toContain("Counts, Peak");
  await draw("Rest");
  await expect.poll(told).toContain("Counts, Rest");
  expect((await fetch(region.address, { method: "DELETE" })).ok).toBe(true);
  await expect(cell).toContainText("the region was removed: choose another one");
});

test("a profile runs where it is told to", async ({ page }) => {
  const { dashboard, editor } = await begin(page);
  await editor.between([0, 2], [1, 2]);
  await editor.choose("Panel 0 image · Image, since start");
  await editor.dialog.getByTestId("plot-plotter").selectOption("profile");
  await editor.dialog.getByTestId("param-cut-width").fill("0");
  await editor.dialog.getByTestId("confirm").click();
  await expect(editor.dialog).toContainText("must be a whole number from 1 to 1000");
  await editor.dialog.getByTestId("param-cut-width").fill("16");
  await editor.confirm();
  const cell = dashboard.cell("Panel 0 image · Image, since start");
  await expect(cell).toHaveAttribute("data-mark", "live");
  await dashboard.repaints(cell);
  // Sixteen rows of 128 columns, summed.
  expect(await dashboard.readout(cell, 0.5, 0.5)).toMatch(/x \d+.*counts/);
});

test("lines stand over data, for everybody, and a position that is none is told at its field", async ({
  page,
  visitor,
  faults,
}) => {
  const theirs = await Dashboard.open(await visitor());
  const { dashboard, editor } = await begin(page);
  await dashboard.cell("Beam monitors, since start").getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-add").click();
  await editor.dialog.getByTestId("plot-output").selectOption({ label: "No data: lines and rectangles" });
  await editor.dialog.getByTestId("plot-plotter").selectOption("vlines");
  await expect(editor.dialog.getByTestId("plot-source").first()).toBeHidden();
  await editor.dialog.getByTestId("param-positions").fill("20, x");
  await faults.whileRequestsMayFail(async () => {
    await editor.dialog.getByTestId("confirm").click();
    await expect(editor.dialog.getByTestId("form-refusal")).toContainText("must be numbers");
  });
  await editor.dialog.getByTestId("param-positions").fill("20, 40");
  await editor.confirm();
  const seen = theirs.cell("Beam monitors, since start").getByTestId("figure");
  await expect(seen).toHaveAttribute("aria-label", /shapes/);
});

async function begin(page: import("@playwright/test").Page): Promise<{ dashboard: Dashboard; editor: Editor }> {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  return { dashboard, editor };
}
