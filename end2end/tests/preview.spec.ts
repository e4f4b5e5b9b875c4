// The form of a plot shows what it would look like, from the data that are there, before anything is added.

import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

test("the form shows live data before the plot is there, and follows what is chosen", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cells = await dashboard.cells.count();
  const editor = await Editor.begin(dashboard);
  await editor.columns(4);
  await editor.control("add-plot").click();
  await editor.choose("Panel 0 image · Image, since start");
  const picture = page.getByTestId("preview-picture");
  await expect(picture).toBeVisible();
  const version = async () => Number(await picture.getAttribute("data-version"));
  const first = await version();
  await expect.poll(version).toBeGreaterThan(first);

  await editor.dialog.getByTestId("plot-plotter").selectOption("statistics");
  await expect(picture).toBeHidden();
  await expect(page.getByTestId("preview").getByRole("table")).toContainText("Panel 0");

  await editor.dialog.getByTestId("cancel").click();
  await expect(dashboard.cells).toHaveCount(cells);
});

test("a layer is tried among those of its cell, and what the server would refuse is said at its field", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await dashboard.cell("Panel 0, since start").getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-add").click();
  await editor.dialog.getByTestId("plot-output").selectOption({ label: "No data: lines and rectangles" });
  await editor.dialog.getByTestId("plot-plotter").selectOption("vlines");
  const field = editor.dialog.getByTestId("param-positions");
  await field.fill("10, 20");
  const picture = page.getByTestId("preview-picture");
  await expect(picture).toBeVisible();
  await expect.poll(() => coloursOf(picture)).toBeGreaterThan(20);
  await field.fill("ten");
  await expect(editor.dialog.locator(".form-error", { hasText: "ten" })).toBeVisible();
  await expect(page.getByTestId("preview-note")).toContainText("ten");
  await field.fill("30");
  await expect(picture).toBeVisible();
});

test("what does not go with the other layers is told before it is added, and what does stays in sight", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  const cell = dashboard.cell("Beam monitors, since start");
  await cell.getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-add").click();
  await editor.choose("Panel 0 image · Image, since start");
  const why = /the [xy] axis is .+ here and .+ below it: put it in a cell of its own/;
  await expect(page.getByTestId("preview-note")).toContainText("Would not be drawn");
  await expect(page.getByTestId("preview-note")).toContainText(why);
  await expect(page.getByTestId("preview-picture")).toBeVisible();
  await editor.confirm();
  const notes = cell.getByTestId("cell-notes");
  await expect(notes).toContainText(why);
  await expect(cell).toHaveAttribute("data-mark", "error");
  // Above the data, not over them.
  const [note, body] = await Promise.all([notes.boundingBox(), dashboard.figure(cell).boundingBox()]);
  expect(note?.height ?? Number.NaN).toBeLessThan((body?.height ?? Number.NaN) / 3);
  await page.getByTestId("undo").click();
  await expect(notes).toBeHidden();
  await expect(cell).toHaveAttribute("data-mark", "live");
});

/** How many colours a canvas shows: an image has many, two lines alone have few. */
async function coloursOf(canvas: import("@playwright/test").Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const context = element.getContext("2d");
    if (context === null || element.width === 0) return 0;
    const { data } = context.getImageData(0, 0, element.width, element.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}
