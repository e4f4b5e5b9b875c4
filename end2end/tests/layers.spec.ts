// The layers of a plot: added, removed, drawn by another plotter, and refused where they cannot be.

import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const MONITORS = "Beam monitors, since start";

test("a layer is removed, and the others stay as they are", async ({ page, visitor }) => {
  const theirs = await Dashboard.open(await visitor());
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await dashboard.cell(MONITORS).getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-add").click();
  await editor.dialog.getByTestId("plot-output").selectOption({ label: "No data: lines and rectangles" });
  await editor.dialog.getByTestId("plot-plotter").selectOption("hlines");
  await editor.dialog.getByTestId("param-positions").fill("100");
  await editor.confirm();
  const label = theirs.figure(theirs.cell(MONITORS));
  await expect(label).toHaveAttribute("aria-label", /curves, shapes/);

  await expect(page.getByTestId("presence")).toBeVisible();
  await dashboard.cell(MONITORS).getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer").last().getByTestId("layer-remove").click();
  // Somebody else looks at it, so that the page asks.
  await editor.confirm();
  await expect(label).toHaveAttribute("aria-label", /curves$/);
  await theirs.repaints(theirs.cell(MONITORS));
});

test("plots go on behind a dialog", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await dashboard.cell(MONITORS).getByTestId("cell-layers").click();
  await expect(editor.dialog).toBeVisible();
  await dashboard.repaints(dashboard.cell(MONITORS));
  await expect(editor.dialog).toBeVisible();
});

test("a correlation asks what lies on its axis", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  await editor.between([0, 2], [1, 2]);
  const counts = "Total counts · Total counts, latest";
  await editor.choose(counts);
  await editor.dialog.getByTestId("plot-plotter").selectOption("correlation_histogram_1d");
  await editor.dialog.getByTestId("confirm").click();
  await expect(editor.dialog).toContainText("choose what lies on this axis");
  await editor.dialog.getByTestId("plot-x-axis").selectOption({ index: 1 });
  await editor.confirm();
  await expect(dashboard.cell(counts)).toHaveAttribute("data-mark", "live");
  await dashboard.repaints(dashboard.cell(counts));
});
