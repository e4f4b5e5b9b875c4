// People arrange what they watch: everybody sees it at once, nothing is lost, and two never overwrite each other.

import type { Locator } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const COUNTS = "Total counts · Total counts, latest";
const IMAGE = "Panel 0, since start";

test("what is being typed stays when somebody else writes, and who writes over it is told", async ({ page, visitor }) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  const [mine, other] = [ours, theirs].map((it) => it.control("grid-title"));
  if (mine === undefined || other === undefined) throw new Error("two fields");
  await mine.fill("Mi");
  await other.fill("Theirs");
  await other.press("Tab");
  const tab = page.getByTestId("tabs").getByText("Theirs");
  await expect(tab).toBeVisible();
  await expect(mine).toHaveValue("Mi");
  await mine.pressSequentially("ne");
  await mine.press("Tab");
  await expect(page.getByTestId("toast")).toContainText('Somebody else wrote "Theirs" meanwhile');
  await expect(other).toHaveValue("Mine");
});

test("edits made while one is under way wait for it", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await page.route("**/api/v1/topology", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await editor.columns(4);
  await editor.control("grid-rows").fill("5");
  await editor.control("grid-rows").press("Enter");
  await editor.control("grid-title").fill("Slow");
  await editor.control("grid-title").press("Enter");
  await expect(page.getByTestId("tabs").getByText("Slow")).toBeVisible();
  await expect(editor.control("grid-rows")).toHaveValue("5");
  await editor.control("undo").click();
  await editor.control("undo").click();
  await expect(editor.control("grid-rows")).not.toHaveValue("5");
});

test("a plot is added between two places, taken back, done again, and kept over a crash", async ({
  page,
  server,
  faults,
}) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  await editor.between([0, 2], [1, 2]);
  await editor.choose(COUNTS);
  await editor.confirm();
  const added = dashboard.cell(COUNTS);
  await expect(added).toHaveClass(/\br1 c3 h2 w1\b/);
  await expect(added).toHaveAttribute("data-mark", "live");
  await dashboard.repaints(added);

  await editor.control("undo").click();
  await expect(added).toHaveCount(0);
  await editor.control("redo").click();
  await expect(added).toHaveCount(1);

  await faults.whileRequestsMayFail(async () => {
    await server.kill();
    await server.start();
    await page.reload();
    await dashboard.isLive();
  });
  await expect(dashboard.cells).toHaveCount(5);
  await expect(added).toHaveClass(/\br1 c3 h2 w1\b/);
});

test("cells are moved, resized, named and removed by keyboard and by hand", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(4);
  const cell = dashboard.cell("Area panel, latest");
  await cell.getByTestId("cell-move").focus();
  await page.keyboard.press("ArrowRight");
  await expect(cell).toHaveClass(/\br1 c3 h1 w1\b/);
  await page.keyboard.press("Shift+ArrowRight");
  await expect(cell).toHaveClass(/\br1 c3 h1 w2\b/);

  await dragByColumns(cell.getByTestId("cell-move"), page.getByTestId("grid"), -1 / 4);
  await expect(cell).toHaveClass(/\br1 c2 h1 w2\b/);
  const field = cell.getByTestId("cell-title-field");
  await field.fill("Camera");
  await field.press("Enter");
  const renamed = dashboard.cell("Camera");
  await expect(renamed).toBeVisible();
  await renamed.getByTestId("cell-remove").click();
  await expect(renamed).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(renamed).toHaveClass(/\br1 c2 h1 w2\b/);
});

test("an edit appears in other sessions and disturbs nothing there", async ({ page, visitor }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  await theirs.figure(theirs.cell(IMAGE)).hover();
  await theirs.page.mouse.wheel(0, -480);
  await theirs.cell(IMAGE).getByTestId("figure-menu").click();
  const follow = theirs.cell(IMAGE).getByTestId("follow-x");
  await expect(follow).not.toBeChecked();
  await follow.focus();

  const editor = await Editor.begin(ours);
  const field = ours.cell("Panel 0 counts").getByTestId("cell-title-field");
  await field.fill("Rate");
  await field.blur();
  await editor.columns(3);
  await expect(theirs.cell("Rate")).toBeVisible();
  await expect(theirs.page.getByTestId("grid")).toHaveClass(/cols-3/);
  await expect(follow).toBeFocused();
  await expect(follow).not.toBeChecked();
});

test("of two who want one place, the later is told and keeps the form", async ({
  page,
  visitor,
  faults,
}) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  await ours.columns(3);
  await expect(theirs.slot(0, 2)).toBeVisible();
  for (const editor of [ours, theirs]) {
    await editor.between([0, 2], [0, 2]);
    await editor.choose(COUNTS);
  }
  await faults.whileRequestsMayFail(async () => {
    await ours.confirm();
    await expect(theirs.dashboard.cells).toHaveCount(5);
    await theirs.dialog.getByTestId("confirm").click();
    await expect(theirs.dialog.getByTestId("form-refusal")).toContainText("would overlap");
  });
  await theirs.dialog.getByTestId("cancel").click();
  await expect(theirs.dashboard.cells).toHaveCount(5);
});

test("a layer changed by two is overwritten only by who knows of it", async ({ page, visitor, faults }) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  for (const editor of [ours, theirs]) await change(editor, IMAGE);
  await ours.dialog.getByTestId("plot-title").fill("Ours");
  await ours.confirm();
  await expect.poll(async () => theirs.dashboard.page.getByTestId("edit-bar").isVisible()).toBe(true);
  await theirs.dialog.getByTestId("plot-title").fill("Theirs");
  await theirs.dashboard.page.waitForTimeout(1_000);
  await faults.whileRequestsMayFail(async () => {
    await theirs.dialog.getByTestId("confirm").click();
    await expect(theirs.dialog.getByTestId("form-refusal")).toContainText(
      /page \w{4} named this layer "Ours" while this form was open/,
    );
  });
  await expect(theirs.dialog.getByTestId("form-refusal")).toBeInViewport({ ratio: 1 });
  await theirs.confirm();
  await change(ours, IMAGE);
  await expect(ours.dialog.getByTestId("plot-title")).toHaveValue("Theirs");
});

test("what was changed while its removal was asked for stays", async ({ page, visitor, faults }) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  await expect(page.getByTestId("presence")).toBeVisible();
  await ours.dashboard.cell(IMAGE).getByTestId("cell-remove").click();
  await expect(ours.dialog).toContainText("Remove");
  const field = theirs.dashboard.cell(IMAGE).getByTestId("cell-title-field");
  await field.fill("Theirs");
  await field.press("Enter");
  await expect(ours.dashboard.cell("Theirs")).toHaveCount(1);
  await faults.whileRequestsMayFail(async () => {
    await ours.confirm();
    await expect(ours.dashboard.page.getByTestId("toasts")).toContainText(
      /page \w{4} named this plot "Theirs" meanwhile, so that nothing was removed/,
    );
  });
  await expect(theirs.dashboard.cell("Theirs")).toHaveCount(1);

  await ours.dashboard.cell("Theirs").getByTestId("cell-remove").click();
  await ours.confirm();
  await expect(theirs.dashboard.cell("Theirs")).toHaveCount(0);
});

test("a form over a plot that somebody else removed keeps what was written, and its save says so", async ({
  page,
  visitor,
  faults,
}) => {
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  const ours = await Editor.begin(await Dashboard.open(page));
  await change(theirs, IMAGE);
  await theirs.dialog.getByTestId("plot-title").fill("Theirs");
  await expect(page.getByTestId("presence")).toBeVisible();
  await ours.dashboard.cell(IMAGE).getByTestId("cell-remove").click();
  await ours.confirm();
  await expect(theirs.dashboard.cell(IMAGE)).toHaveCount(0);
  await expect(theirs.dialog.getByTestId("plot-title")).toHaveValue("Theirs");

  await faults.whileRequestsMayFail(async () => {
    await theirs.dialog.getByTestId("confirm").click();
    await expect(theirs.dialog.getByTestId("form-refusal")).toContainText(
      /page \w{4} removed this layer while this form was open/,
    );
  });
  await expect(theirs.dialog.getByTestId("plot-title")).toHaveValue("Theirs");
  for (const { dashboard } of [ours, theirs]) await expect(dashboard.cells).toHaveCount(3);

  // Who knows of it may add it again.
  await theirs.confirm();
  for (const { dashboard } of [ours, theirs]) {
    await expect(dashboard.cells).toHaveCount(4);
    await dashboard.repaints(dashboard.cell("Theirs"));
  }
});

test("parameters are checked at their fields, and a window makes the picture anew", async ({ page }) => {
  const editor = await Editor.begin(await Dashboard.open(page));
  await change(editor, "Area panel, latest");
  const seconds = editor.dialog.getByTestId("param-window-seconds");
  await seconds.fill("-1");
  await editor.dialog.getByTestId("confirm").click();
  await expect(editor.dialog).toContainText(/must be a number from 0 to/);
  await seconds.fill("2");
  await editor.confirm();
  const cell = editor.dashboard.cell("Area panel, latest");
  await expect(cell).toHaveAttribute("data-mark", "live");
  await editor.dashboard.repaints(cell);
});

test("a device's values are offered as what can draw them", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  await editor.between([0, 2], [0, 2]);
  const device = "Device value · Value over time";
  await editor.choose(device);
  await expect(editor.dialog.getByTestId("plot-plotter")).toHaveValue("timeseries");
  await editor.confirm();
  await expect(dashboard.cell(device)).toHaveAttribute("data-mark", "live");
});

test("a grid is added, named, shown to all, and removed after a question", async ({ page, visitor }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  const tabs = await theirs.tabs.allTextContents();
  const editor = await Editor.begin(ours);
  await editor.control("grid-add").click();
  await editor.confirm();
  await expect(page.getByRole("link", { name: "New grid" })).toHaveAttribute("aria-current", "page");
  await editor.control("grid-title").fill("Mine");
  await editor.control("grid-title").blur();
  await expect(theirs.tabs.filter({ hasText: "Mine" })).toBeVisible();
  await editor.control("grid-left").click();
  await expect(theirs.tabs).toHaveText([...tabs.slice(0, -1), "Mine", ...tabs.slice(-1)]);

  await editor.control("grid-remove").click();
  await editor.confirm();
  await expect(theirs.tabs.filter({ hasText: "Mine" })).toHaveCount(0);
});

/** Opens the form of a cell's only layer. */
async function change(editor: Editor, title: string): Promise<void> {
  await editor.dashboard.cell(title).getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-edit").click();
  await expect(editor.dialog.getByTestId("plot-title")).toBeVisible();
}

/** Drags a handle sideways by a part of the grid's width. */
async function dragByColumns(handle: Locator, grid: Locator, part: number): Promise<void> {
  const [from, whole] = [await handle.boundingBox(), await grid.boundingBox()];
  if (from === null || whole === null) throw new Error("there is nothing to drag");
  const { mouse } = handle.page();
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + part * whole.width, y, { steps: 8 });
  await mouse.up();
}

test("a place is marked by dragging over it", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  const middle = async (row: number, col: number) => {
    const box = await editor.slot(row, col).boundingBox();
    if (box === null) throw new Error("no such place");
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await page.mouse.move(...(await middle(0, 2)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(1, 2)), { steps: 4 });
  await expect(editor.slot(0, 2)).toHaveAttribute("data-state", "anchor");
  await expect(editor.slot(1, 2)).toHaveAttribute("data-state", "inside");
  await page.mouse.up();
  await expect(editor.dialog).toBeVisible();
  await editor.dialog.getByTestId("cancel").click();
  await expect(editor.slot(0, 2)).toHaveAttribute("data-state", "free");
});
