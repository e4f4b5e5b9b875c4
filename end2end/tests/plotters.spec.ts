// Every plotter is added through the form as a person adds it, and shows the numbers that the server tells.

import type { Locator } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";
import { numbersIn } from "../support/readings.ts";

test("a table has a row for every source, with text that can be selected", async ({ page }) => {
  const { cell } = await add(page, "Beam monitor · Total counts, latest", "table");
  const table = cell.getByTestId("value-table");
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table.getByRole("rowheader")).toHaveText(["Monitor 1", "Monitor 2"]);
  const [head, first] = [table.getByRole("columnheader").nth(1), table.getByRole("cell").first()];
  await expect(head).toContainText("[counts]");
  const [count, error] = numbersIn(await text(first));
  expect(isRootOf(error, count)).toBe(true);
  await expect(cell.getByTestId("figure")).toHaveCount(0);
});

test("a table stays alone in its cell", async ({ page, faults }) => {
  const { editor, cell } = await add(page, "Beam monitor · Total counts, latest", "table");
  await cell.getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-add").click();
  await editor.choose("Total counts · Total counts, latest");
  await faults.whileRequestsMayFail(async () => {
    await editor.dialog.getByTestId("confirm").click();
    await expect(editor.dialog.getByTestId("form-refusal")).toContainText("stays alone");
  });
});

test("bars read back their values, and lie down when asked to", async ({ page }) => {
  const { dashboard, editor, cell } = await add(page, "Beam monitor · Total counts, latest", "bars");
  await expect(cell.getByTestId("values")).toHaveText(/^Monitor 1: \d+ ± [\d.]+ counts, Monitor 2: /);
  const readout = await dashboard.readout(cell, 0.4, 0.5);
  expect(readout).toMatch(/^Monitor 1: .*\d+ ± [\d.]+ counts$/);
  await cell.getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-edit").click();
  await editor.dialog.getByTestId("param-style-horizontal").check();
  await editor.dialog.getByTestId("param-rate-per_second").check();
  await editor.confirm();
  await expect(cell.getByTestId("values")).toHaveText(/counts\/s$/);
  await expect.poll(() => dashboard.readout(cell, 0.5, 0.25)).toMatch(/^Monitor 1: /);
});

test("statistics sum a spectrum up", async ({ page }) => {
  const { cell } = await add(page, "Beam monitor · Histogram, since start", "statistics");
  const table = cell.getByTestId("value-table");
  await expect(table.getByRole("columnheader")).toHaveText(["Quantity", "Monitor 1", "Monitor 2"]);
  await expect(table.getByRole("rowheader")).toHaveText([
    "Sum [counts]",
    "Mean [counts]",
    "Maximum [counts]",
    /^Peak, /,
    /^FWHM, /,
    "Rate [counts/s]",
  ]);
  const row = table.getByRole("row").nth(1);
  const [sum, error] = numbersIn(await text(row.getByRole("cell").first()));
  expect(sum).toBeGreaterThan(0);
  expect(isRootOf(error, sum)).toBe(true);
});

test("statistics show the numbers that were chosen, in every session", async ({ page, context }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await begin(dashboard);
  await editor.choose("Beam monitor · Histogram, since start");
  await editor.dialog.getByTestId("plot-plotter").selectOption("statistics");
  const numbers = editor.dialog.getByRole("group", { name: "Numbers" });
  await expect(numbers.getByRole("checkbox", { checked: true })).toHaveCount(6);
  await numbers.getByTestId("param-shown-numbers-none").click();
  await expect(numbers).toHaveAccessibleDescription("choose at least one");
  await editor.dialog.getByTestId("confirm").click();
  await expect(editor.dialog).toBeVisible();
  // By keyboard, in another order than that of the columns.
  for (const name of ["rate", "sum"]) {
    await numbers.getByRole("checkbox", { name }).focus();
    await page.keyboard.press("Space");
  }
  await expect(numbers).toHaveAccessibleDescription("");
  await editor.dialog.getByTestId("plot-title").fill("Chosen numbers");
  await editor.confirm();

  const other = await Dashboard.open(await context.newPage(), page.url());
  for (const cell of [dashboard.cell("Chosen numbers"), other.cell("Chosen numbers")]) {
    const heads = cell.getByTestId("value-table").getByRole("columnheader");
    await expect(heads).toHaveText(["Source", "Sum [counts]", "Rate [counts/s]"]);
    await expect(cell.getByTestId("value-table").getByRole("cell")).toHaveCount(4);
  }

  await other.cell("Chosen numbers").getByTestId("save-menu").click();
  await other.cell("Chosen numbers").getByTestId("show-details").click();
  await expect(other.page.getByTestId("details")).toContainText("Shown: numbers sum and rate");
  await other.page.getByTestId("cancel").click();
  await dashboard.cell("Chosen numbers").getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-edit").click();
  await expect(numbers.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await numbers.getByRole("checkbox", { name: "mean" }).check();
  await editor.confirm();
  const heads = other.cell("Chosen numbers").getByTestId("value-table").getByRole("rowheader");
  await expect(heads).toHaveText(["Sum [counts]", "Mean [counts]", "Rate [counts/s]"]);
});

test("numbers that are more than sources stand below each other, all in sight on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Numbers");
  const table = dashboard.cell("Beam monitors and panel, in numbers").getByTestId("value-table");
  await expect(table.getByRole("columnheader")).toHaveText(["Quantity", "Monitor 1", "Monitor 2"]);
  const heads = table.getByRole("rowheader");
  await expect(heads.filter({ hasText: "Peak, " })).not.toHaveCount(0);
  for (const head of await heads.all()) {
    expect(await head.getAttribute("title")).toBe((await text(head)).trim());
  }
  const hidden = await table.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(hidden).toBeLessThanOrEqual(0);
});

test("a rate is offered for counts alone, a window for what can be cut", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await begin(dashboard);
  await editor.choose("Device value · Value over time");
  await editor.dialog.getByTestId("plot-plotter").selectOption("table");
  await expect(editor.dialog.getByTestId("param-window-seconds")).toBeVisible();
  await expect(editor.dialog.getByTestId("param-rate-per_second")).toHaveCount(0);
});

test("counts are correlated with where devices stood", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await begin(dashboard);
  await editor.choose("Panel 0 image · Total counts, latest");
  await editor.dialog.getByTestId("plot-plotter").selectOption("correlation_histogram_1d");
  await editor.dialog.getByTestId("confirm").click();
  await expect(editor.dialog).toContainText("choose what lies on this axis");
  await editor.dialog.getByTestId("plot-x-axis").selectOption({ label: "Sample stage x · Value over time" });
  await editor.dialog.getByTestId("param-x_bins").fill("7");
  await editor.dialog.getByTestId("plot-title").fill("Correlated");
  await editor.dialog.getByTestId("plot-title").blur();
  await editor.confirm();
  const cell = dashboard.cell("Correlated");
  await expect(cell).toHaveAttribute("data-mark", "live");
  await dashboard.repaints(cell);
  expect(await dashboard.readout(cell, 0.5, 0.5)).toMatch(/Sample stage x .*mm, .*counts$/);
});

test("a sum since the start has a history that only grows", async ({ page, request }) => {
  const { cell } = await add(page, "Beam monitor · Total counts, since start", "timeseries");
  const history = async () => (await new Api(request).dataOf(cell))[0]?.values ?? [];
  await expect.poll(async () => (await history()).length).toBeGreaterThan(5);
  const values = (await history()).map(Number);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values.at(-1)).toBeGreaterThan(values[0] ?? NaN);
});

test("rows of an image are curves, and a volume lies flat with its places told", async ({ page }) => {
  const first = await add(page, "Panel 0 image · Image, since start", "overlay_1d");
  await expect(first.cell.getByTestId("figure-notes")).toContainText("the first 64 of 128 rows");
  await expect.poll(() => first.dashboard.readout(first.cell, 0.5, 0.8)).toContain("x ");
  const second = await add(page, "Panel 0 layers · Image, since start", "flatten", first.editor);
  const readout = await second.dashboard.readout(second.cell, 0.4, 0.4);
  expect(readout).toMatch(/^x \d+, layer \d+, y \d+, .*\d counts$/);
});

/** Whether an error is the root of its count, to the two digits that are written of it. */
function isRootOf(error: number | undefined, count: number | undefined): boolean {
  return Math.abs((error ?? Number.NaN) / Math.sqrt(count ?? Number.NaN) - 1) < 0.06;
}

/** Adds a plot through the form and waits until it shows something. */
async function add(
  page: import("@playwright/test").Page,
  output: string,
  plotter: string,
  arranging?: Editor,
): Promise<{ dashboard: Dashboard; editor: Editor; cell: Locator }> {
  const dashboard = arranging?.dashboard ?? (await Dashboard.open(page));
  const editor = await begin(dashboard, arranging);
  await editor.choose(output);
  await editor.dialog.getByTestId("plot-plotter").selectOption(plotter);
  const title = `By ${plotter}`;
  await editor.dialog.getByTestId("plot-title").fill(title);
  await editor.dialog.getByTestId("plot-title").blur();
  await editor.confirm();
  const cell = dashboard.cell(title);
  await expect(cell).toHaveAttribute("data-mark", "live");
  await expect(cell.locator("[data-version]")).toHaveAttribute("data-version", /\d/);
  return { dashboard, editor, cell };
}

/** Opens the form for a plot at a free place; a column is added for it. */
async function begin(dashboard: Dashboard, arranging?: Editor): Promise<Editor> {
  const editor = arranging ?? (await Editor.begin(dashboard));
  if (arranging === undefined) await editor.columns(4);
  await editor.control("add-plot").click();
  await expect(editor.dialog).toBeVisible();
  return editor;
}

async function text(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? "";
}
