// What the form of a plot offers: sources together or apart, titles that follow from the data, colours.

import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

test("sources are chosen all at once or not at all, and one of them is named in the title", async ({ page }) => {
  const editor = await begin(page);
  await editor.choose("Device value · Value over time");
  const title = editor.dialog.getByTestId("plot-title");
  await expect(title).toHaveAttribute("placeholder", /^Device value · Value over time \(.+\)$/);
  const sources = editor.dialog.getByTestId("plot-source");
  const count = await sources.count();
  expect(count).toBeGreaterThan(2);
  await editor.dialog.getByTestId("sources-all").click();
  await expect(editor.dialog.locator("[data-testid=plot-source]:checked")).toHaveCount(count);
  await expect(title).toHaveAttribute("placeholder", "Device value · Value over time");
  await editor.dialog.getByTestId("sources-none").click();
  await expect(editor.dialog.locator("[data-testid=plot-source]:checked")).toHaveCount(0);
  await expect(editor.dialog).toContainText("choose at least one");
});

test("each source gets a plot of its own in the place chosen, if there is room", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const before = await dashboard.cells.count();
  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  await editor.between([0, 2], [0, 2]);
  await editor.choose("Beam monitor · Histogram, latest");
  await editor.dialog.getByTestId("plot-split").check();
  await expect(editor.dialog).toContainText("the place has no room for 2 plots");
  await editor.dialog.getByTestId("cancel").click();

  await editor.between([0, 2], [1, 2]);
  await editor.choose("Beam monitor · Histogram, latest");
  await editor.dialog.getByTestId("plot-split").check();
  await editor.confirm();
  await expect(dashboard.cells).toHaveCount(before + 2);
  const added = dashboard.cells.filter({ hasText: "Beam monitor · Histogram, latest (" });
  await expect(added).toHaveCount(2);
  for (const [row, cell] of (await added.all()).entries()) {
    await expect(cell).toHaveClass(new RegExp(`\\br${row + 1} c3 h1 w1\\b`));
    await expect(cell).toHaveAttribute("data-mark", "live");
  }
  await page.keyboard.press("Control+z");
  await expect(dashboard.cells).toHaveCount(before);
});

test("what is wrong says so at once, and the first of it is where one goes on", async ({ page }) => {
  const editor = await begin(page);
  await editor.choose("Beam monitor · Histogram, latest");
  const field = editor.dialog.getByTestId("param-window-seconds");
  await field.fill("-3");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  const error = editor.dialog.locator(".form-field", { has: page.getByTestId("param-window-seconds") }).locator(".form-error");
  await expect(error).not.toBeEmpty();
  await editor.dialog.getByTestId("plot-title").focus();
  await editor.dialog.getByTestId("confirm").click();
  await expect(field).toBeFocused();
  await expect(field).toBeInViewport();
  await field.fill("3");
  await expect(error).toBeEmpty();
  await editor.confirm();
});

test("a line's colour is chosen from a picker, and given back", async ({ page }) => {
  const editor = await begin(page);
  await editor.dialog.getByTestId("plot-output").selectOption({ label: "No data: lines and rectangles" });
  await editor.dialog.getByTestId("plot-plotter").selectOption("hlines");
  await editor.dialog.getByTestId("param-positions").fill("100");
  await editor.dialog.getByTestId("param-line-width").fill("8");
  const colour = editor.dialog.getByTestId("param-line-colour");
  await expect(colour).toBeHidden();
  await editor.dialog.getByTestId("param-line-colour-own").check();
  await colour.fill("#00ff00");
  const picture = page.getByTestId("preview-picture");
  await expect.poll(() => hasGreen(picture)).toBe(true);
  await editor.dialog.getByTestId("param-line-colour-own").uncheck();
  await expect.poll(() => hasGreen(picture)).toBe(false);
});

async function begin(page: import("@playwright/test").Page): Promise<Editor> {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(4);
  await editor.control("add-plot").click();
  await expect(editor.dialog).toBeVisible();
  return editor;
}

/** Whether a canvas shows pure green. */
async function hasGreen(canvas: import("@playwright/test").Locator): Promise<boolean> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const context = element.getContext("2d");
    if (context === null || element.width === 0) return false;
    const { data } = context.getImageData(0, 0, element.width, element.height);
    // Red, green, blue, opacity from the lowest byte up.
    return new Uint32Array(data.buffer).includes(0xff00ff00);
  });
}
