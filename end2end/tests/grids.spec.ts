// Grids, cells and layers beside adding and moving: copies, hiding, all the room for one, and who else is there.

import type { Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard, visitNoGrid } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";
const RATE = "Panel 0 counts";

test("a grid is duplicated with its plots, live at once, and the copy can be undone", async ({
  page,
  visitor,
}) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  const titles = await ours.cells.getByTestId("cell-title").allTextContents();
  const editor = await Editor.begin(ours);
  await editor.control("grid-duplicate").click();
  await expect(theirs.tabs.filter({ hasText: "Detectors 2" })).toBeVisible();
  await expect(editor.control("grid-title")).toHaveValue("Detectors 2");
  await ours.isLive();
  await expect(ours.cells.getByTestId("cell-title")).toHaveText(titles);
  await ours.repaints(ours.cells.first());
  await page.keyboard.press("Control+z");
  await expect(theirs.tabs.filter({ hasText: "Detectors 2" })).toHaveCount(0);
});

test("a plot is duplicated into free space, and without space it is said why not", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  await dashboard.cell(IMAGE).getByTestId("cell-duplicate").click();
  await expect(page.getByTestId("toast")).toContainText("no free place of 1 × 1");
  await editor.columns(3);
  await dashboard.cell(IMAGE).getByTestId("cell-duplicate").click();
  const both = dashboard.cell(IMAGE);
  await expect(both).toHaveCount(2);
  await expect(both.nth(1)).toHaveAttribute("data-mark", "live");
  await expect(page.locator(".cell.r1.c3")).toHaveCount(1);
});

test("a hidden tab is gone for all, can be brought back, and its grid keeps its address", async ({
  page,
  visitor,
}) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  await ours.show("Volume");
  await ours.isLive();
  const editor = await Editor.begin(ours);
  await editor.control("grid-hide").click();
  await expect(theirs.tabs.filter({ hasText: "Volume" })).toHaveCount(0);
  await expect(ours.cells.first()).toHaveAttribute("data-mark", "live");
  await expect(page.getByTestId("hidden-tab")).toContainText("Volume");
  await page.getByTestId("edit-toggle").click();
  await expect(page.getByTestId("hidden-tab")).toHaveCount(0);

  await ours.show("Detectors");
  await Editor.begin(ours);
  await page.getByTestId("hidden-tab").click();
  await editor.control("grid-hide").click();
  await expect(theirs.tabs.filter({ hasText: "Volume" })).toBeVisible();
  await expect(page.getByTestId("hidden-tab")).toHaveCount(0);
});

test("a hidden layer leaves the picture of everybody and keeps its own", async ({ page, visitor }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  const editor = await Editor.begin(ours);
  await ours.cell(RATE).getByTestId("cell-layers").click();
  await editor.dialog.getByTestId("layer-hide").first().click();
  await expect(editor.dialog.getByTestId("layer").first()).toHaveAttribute("data-hidden", "true");
  await expect(theirs.cell(RATE).getByTestId("cell-notes")).toContainText("All layers of this plot are hidden");
  await expect(theirs.figure(theirs.cell(RATE))).toHaveAttribute("aria-label", /no picture yet/);
  await expect(theirs.cell(IMAGE)).toHaveAttribute("data-mark", "live");

  await editor.dialog.getByTestId("cancel").click();
  await page.keyboard.press("Control+z");
  await expect(theirs.cell(RATE)).toHaveAttribute("data-mark", "live");
  await theirs.repaints(theirs.cell(RATE));
});

test("a plot gets all the room by key or button, for this page alone, and a reload keeps it", async ({
  page,
  visitor,
}) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  const count = await ours.cells.count();
  await ours.cell(IMAGE).getByTestId("maximise").click();
  await expect(ours.cells).toHaveCount(1);
  const [alone, whole] = [await widthOf(page, "cell"), await widthOf(page, "grid")];
  expect(alone).toBeGreaterThan(whole * 0.9);
  await ours.repaints(ours.cell(IMAGE));
  await expect(theirs.cells).toHaveCount(count);

  await page.reload();
  await ours.isLive();
  await expect(ours.cells).toHaveCount(1);
  await ours.cell(IMAGE).getByTestId("maximise").focus();
  await page.keyboard.press("Escape");
  await expect(ours.cells).toHaveCount(count);
  expect(new URL(page.url()).search).toBe("");

  await ours.figure(ours.cell(IMAGE)).focus();
  await page.keyboard.press("m");
  await expect(ours.cells).toHaveCount(1);
  await page.keyboard.press("m");
  await expect(ours.cells).toHaveCount(count);
});

test("who else is here is told, and who changes a plot; removing what others watch asks first", async ({
  page,
  visitor,
}) => {
  const ours = await Dashboard.open(page);
  await expect(page.getByTestId("presence")).toHaveCount(0);
  const theirs = await Dashboard.open(await visitor());
  for (const dashboard of [ours, theirs]) {
    await expect(dashboard.page.getByTestId("presence")).toHaveText("1 other here");
  }
  const editor = await Editor.begin(ours);
  await editor.control("own-name").fill("Anna");
  await editor.control("own-name").press("Tab");
  await ours.cell(IMAGE).getByTestId("cell-layers").click();
  await expect(theirs.cell(IMAGE).getByTestId("cell-edited")).toBeVisible();
  const mark = theirs.cell(IMAGE).getByTestId("cell-edited");
  await expect(mark).toHaveAttribute("title", "Anna is changing this plot");
  await expect(theirs.page.getByTestId("presence")).toHaveAttribute("title", /of Anna, too/);
  await expect(theirs.cell(RATE).getByTestId("cell-edited")).toHaveCount(0);
  await expect(ours.cell(IMAGE).getByTestId("cell-edited")).toHaveCount(0);
  await editor.dialog.getByTestId("cancel").click();
  await expect(theirs.cell(IMAGE).getByTestId("cell-edited")).toHaveCount(0);

  await ours.cell(IMAGE).getByTestId("cell-remove").click();
  await expect(editor.dialog).toContainText(/on the screen of .+, too/);
  await editor.dialog.getByTestId("cancel").click();
  await expect(ours.cell(IMAGE)).toBeVisible();
  await ours.cell(IMAGE).getByTestId("cell-remove").click();
  await editor.confirm();
  await expect(theirs.cell(IMAGE)).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(theirs.cell(IMAGE)).toBeVisible();

  await theirs.page.close();
  await expect(page.getByTestId("presence")).toHaveCount(0);
  await ours.cell(IMAGE).getByTestId("cell-remove").click();
  await expect(ours.cell(IMAGE)).toHaveCount(0);
});

test("removing the last layer removes the plot, and asks first where others look", async ({ page, visitor }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  await expect(page.getByTestId("presence")).toHaveText("1 other here");
  const count = await theirs.cells.count();
  const editor = await Editor.begin(ours);
  const removeLast = async () => {
    await ours.cell(IMAGE).getByTestId("cell-layers").click();
    await expect(editor.dialog.getByTestId("layer")).toHaveCount(1);
    await editor.dialog.getByTestId("layer-remove").click();
    await expect(editor.dialog).toContainText(/on the screen of .+, too/);
  };
  await removeLast();
  await editor.dialog.getByTestId("cancel").click();
  await theirs.repaints(theirs.cell(IMAGE));

  await removeLast();
  await editor.confirm();
  await expect(theirs.cell(IMAGE)).toHaveCount(0);
  await expect(theirs.cells).toHaveCount(count - 1);
  // Who looks goes on looking at the others, and at this one when it is back.
  await theirs.repaints(theirs.cell(RATE));
  await page.keyboard.press("Control+z");
  await theirs.repaints(theirs.cell(IMAGE));
});

async function widthOf(page: Page, hook: string): Promise<number> {
  const box = await page.getByTestId(hook).first().boundingBox();
  return box?.width ?? 0;
}

test("a grid that goes while others look at it is told with its remover, and nothing typed goes without a word", async ({ page, visitor, request, faults }) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const typing = await Editor.begin(await Dashboard.open(await visitor()));
  const filling = await Editor.begin(await Dashboard.open(await visitor()));
  const address = page.url();
  await ours.control("own-name").fill("Anna");
  await ours.control("own-name").blur();
  await typing.control("grid-title").press("End");
  await typing.control("grid-title").pressSequentially(" by night");
  await filling.dashboard.cell(RATE).getByTestId("cell-layers").click();
  await filling.dialog.getByTestId("layer-edit").click();
  await filling.dialog.getByTestId("plot-title").fill("Mine");

  await ours.control("grid-remove").click();
  await ours.dialog.getByTestId("confirm").click();
  for (const { dashboard } of [typing, filling]) {
    const gone = dashboard.page.getByTestId("grid-removed");
    await expect(gone).toContainText(/Detectors was removed by Anna at \d\d:\d\d:\d\d/);
    await expect(gone.getByRole("link", { name: "Volume" })).toBeVisible();
  }
  await expect(typing.dashboard.page.getByTestId("toast")).toContainText('You had written "Detectors by night"');
  // The form stays with what was typed, and says what became of its place.
  await expect(filling.dialog.getByTestId("plot-title")).toHaveValue("Mine");
  await faults.whileRequestsMayFail(async () => {
    await filling.dialog.getByTestId("confirm").click();
    await expect(filling.dialog.getByTestId("form-refusal")).toContainText("removed this grid while this form was open");
  });

  // A link to it says so, too; and where nothing is known, that there is no such grid.
  const late = await visitor();
  await late.goto("/workflows");
  await late.evaluate((to) => {
    const link = document.createElement("a");
    link.href = to;
    document.body.append(link);
    link.click();
  }, new URL(address).pathname);
  await expect(late.getByTestId("grid-removed")).toContainText("removed by Anna");

  await ours.control("undo").click();
  // The form is based on the grid as it was before it went, and finds its way to the one that is back.
  await faults.whileRequestsMayFail(async () => {
    await filling.dialog.getByTestId("confirm").click();
    await expect(filling.dialog).toBeHidden();
  });
  await new Api(request).paramsOf("Mine");
  await expect(typing.dashboard.cells).toHaveCount(4);
});

test("a copy that its maker takes back is brought back where it was", async ({ page }) => {
  const editor = await Editor.begin(await Dashboard.open(page));
  const { cells } = editor.dashboard;
  const count = await cells.count();
  await editor.control("grid-duplicate").click();
  await expect(page.getByRole("link", { name: "Detectors 2" })).toHaveAttribute("aria-current", "page");
  await expect(cells).toHaveCount(count);
  await editor.control("undo").click();
  const gone = page.getByTestId("grid-removed");
  await expect(gone).toContainText(/You removed Detectors 2 at \d\d:\d\d:\d\d/);
  await gone.getByTestId("grid-bring-back").click();
  await expect(cells).toHaveCount(count);
  await editor.control("undo").click();
  await gone.getByRole("link", { name: "Detectors", exact: true }).click();
  await expect(cells).toHaveCount(count);
});

test("a link to a grid that never was says so in words, and leads on", async ({ page, faults }) => {
  await faults.whileRequestsMayFail(async () => {
    expect((await visitNoGrid(page))?.status()).toBe(404);
  });
  await expect(page.getByTestId("grid-unknown")).toContainText("the link to it is not complete");
  await page.getByTestId("other-grids").getByRole("link", { name: "Volume" }).click();
  await new Dashboard(page).isLive();
});
