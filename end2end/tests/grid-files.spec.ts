// Grids begin from a template or a file, are seen before they are added, and can be kept as files.

import { readFile } from "node:fs/promises";
import { Dashboard } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";

test("a template is seen before it is added, shown to all, and taken back", async ({ page, visitor }) => {
  const ours = await Dashboard.open(page);
  const theirs = await Dashboard.open(await visitor());
  const editor = await Editor.begin(ours);
  await editor.control("grid-add").click();
  await editor.dialog.getByRole("radio", { name: /Overview/ }).check();
  await expect(editor.dialog.getByTestId("grid-sketch")).toContainText("Sample temperature");
  await editor.confirm();
  await expect(page.getByRole("link", { name: "Overview" })).toHaveAttribute("aria-current", "page");
  await expect(ours.cells).toHaveCount(3);
  await expect(ours.cell("Sample temperature")).toHaveAttribute("data-mark", "live");
  await expect(theirs.tabs.filter({ hasText: "Overview" })).toBeVisible();
  // Nobody else is led away from what they look at.
  await expect(theirs.page.getByRole("link", { name: "Detectors" })).toHaveAttribute("aria-current", "page");

  await editor.control("undo").click();
  await expect(theirs.tabs.filter({ hasText: "Overview" })).toHaveCount(0);
});

test("a grid is kept as a template, offered to others without a reload, added from it, and let go", async ({ page, visitor }) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  await ours.control("own-name").fill("Anna");
  await ours.control("own-name").blur();
  const keep = async (title: string) => {
    await ours.control("grid-keep").click();
    await ours.dialog.getByTestId("template-title").fill(title);
    await ours.dialog.getByTestId("template-description").fill("Both detectors");
    await ours.dialog.getByTestId("confirm").click();
  };
  await keep("Morning check");
  await expect(ours.dialog).toBeHidden();

  await theirs.control("grid-add").click();
  const offered = theirs.dialog.getByRole("radio", { name: "Morning check Both detectors" });
  await offered.check();
  await expect(theirs.dialog.getByTestId("template-kept")).toContainText("Kept here by Anna, ");
  await expect(theirs.dialog.getByTestId("grid-sketch")).toContainText("Panel 0, since start");
  await theirs.confirm();
  const tab = theirs.dashboard.page.getByRole("link", { name: "Morning check" });
  await expect(tab).toHaveAttribute("aria-current", "page");
  await expect(theirs.dashboard.cell("Panel 0, since start")).toHaveAttribute("data-mark", "live");

  // They let it go while we look at it, which disturbs nobody.
  await ours.control("grid-add").click();
  await ours.dialog.getByRole("radio", { name: /Morning check/ }).check();
  await theirs.control("grid-add").click();
  await theirs.dialog.getByTestId("template-remove").click();
  await expect(offered).toHaveCount(0);
  await expect(theirs.dialog.getByRole("radio", { name: /Overview/ })).toBeVisible();
  await expect(ours.dialog.getByTestId("template-kept")).toContainText("Removed by somebody meanwhile");
  await expect(ours.dialog.getByTestId("template-remove")).toBeHidden();
  await ours.confirm();
  await expect(page.getByRole("link", { name: "Morning check 2" })).toHaveAttribute("aria-current", "page");
  await ours.control("grid-add").click();
  await expect(ours.dialog.getByRole("radio", { name: /Overview/ })).toBeVisible();
  await expect(ours.dialog.getByRole("radio", { name: /Morning check/ })).toHaveCount(0);
});

test("a template that was removed is brought back, and open forms hear of both", async ({ page, visitor }) => {
  const ours = await Editor.begin(await Dashboard.open(page));
  const theirs = await Editor.begin(await Dashboard.open(await visitor()));
  await ours.control("grid-keep").click();
  await ours.dialog.getByTestId("template-title").fill("Evening check");
  await ours.confirm();

  // They are about to choose something else, and stay there.
  await theirs.control("grid-add").click();
  const offered = (editor: Editor) => editor.dialog.getByRole("radio", { name: /Evening check/ });
  const overview = theirs.dialog.getByRole("radio", { name: /Overview/ });
  await expect(offered(theirs)).toBeVisible();
  await overview.check();
  await overview.focus();
  const undisturbed = async () => {
    await expect(overview).toBeChecked();
    await expect(overview).toBeFocused();
  };

  await ours.control("grid-add").click();
  await offered(ours).check();
  await ours.dialog.getByTestId("template-remove").click();
  await expect(offered(ours)).toHaveCount(0);
  await expect(ours.dialog.getByTestId("template-removed")).toContainText("Evening check was removed for everybody");
  await expect(ours.dialog.getByTestId("template-undo")).toBeFocused();
  await expect(offered(theirs)).toHaveCount(0);
  await undisturbed();
  await page.keyboard.press("Enter");
  await expect(offered(ours)).toBeVisible();
  await expect(ours.dialog.getByTestId("template-undo")).toHaveCount(0);
  await expect(offered(theirs)).toBeVisible();
  await undisturbed();

  // The same by the history of the page.
  await ours.dialog.getByTestId("cancel").click();
  await ours.control("redo").click();
  await expect(offered(theirs)).toHaveCount(0);
  await expect(ours.control("undo")).toHaveAccessibleName("Undo: remove the template Evening check");
  await ours.control("undo").click();
  await expect(offered(theirs)).toBeVisible();
  await offered(theirs).check();
  await theirs.confirm();
  await expect(theirs.dashboard.page.getByRole("link", { name: "Evening check" })).toHaveAttribute("aria-current", "page");
});

test("two templates are not called the same, and the form stays with the reason", async ({ page, faults }) => {
  const editor = await Editor.begin(await Dashboard.open(page));
  const keep = async () => {
    await editor.control("grid-keep").click();
    await expect(editor.dialog.getByTestId("template-title")).toHaveValue("Detectors");
    await editor.dialog.getByTestId("confirm").click();
  };
  await keep();
  await expect(editor.dialog).toBeHidden();
  await faults.whileRequestsMayFail(async () => {
    await keep();
    await expect(editor.dialog.getByTestId("form-refusal")).toContainText("there is a template called Detectors: choose another title");
  });
  await editor.dialog.getByTestId("template-title").fill("Detectors by night");
  await editor.confirm();
});

test("a grid is exported, and its file is added as another grid", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const editor = await Editor.begin(dashboard);
  const [download] = await Promise.all([page.waitForEvent("download"), editor.control("grid-export").click()]);
  expect(download.suggestedFilename()).toBe("dummy_Detectors.yaml");
  const file = await download.path();
  expect(await readFile(file, "utf8")).toContain("Panel 0, since start");

  await editor.control("grid-add").click();
  await editor.dialog.getByTestId("grid-file").setInputFiles(file);
  await expect(editor.dialog.getByTestId("grid-sketch")).toContainText("Area panel, latest");
  await editor.confirm();
  await expect(page.getByRole("link", { name: "Detectors 2" })).toHaveAttribute("aria-current", "page");
  await expect(dashboard.cells).toHaveCount(4);
});

test("what a file cannot bring is said; what is no file of grids is refused", async ({ page, faults }) => {
  const editor = await Editor.begin(await Dashboard.open(page));
  await editor.control("grid-add").click();
  const bring = (name: string, text: string) =>
    editor.dialog.getByTestId("grid-file").setInputFiles({ name, mimeType: "application/yaml", buffer: Buffer.from(text) });
  await faults.whileRequestsMayFail(async () => {
    await bring("notes.yaml", "just: words");
    await expect(editor.dialog.getByTestId("form-refusal")).toContainText("notes.yaml cannot be read: this describes no grid");
  });
  await bring("theirs.yaml", THEIRS);
  await expect(editor.dialog.getByTestId("form-refusal")).toBeHidden();
  await expect(editor.dialog.getByTestId("remarks")).toContainText("an image shows and edits the regions of its data itself");
  await editor.confirm();
  await expect(editor.dashboard.cell("My panel")).toHaveAttribute("data-mark", "live");
});

const THEIRS = `
title: Theirs
nrows: 1
ncols: 1
cells:
- geometry: {row: 0, col: 0, row_span: 1, col_span: 1}
  user_title: My panel
  layers:
  - data_sources:
      primary: {workflow_id: dummy/panel_0_xy/1, source_names: [panel_0], view_name: image}
    plot_name: image
    params: {time_window: {mode: since_start}}
  - data_sources:
      primary: {workflow_id: dummy/panel_0_xy/1, source_names: [panel_0], view_name: roi_rectangle}
    plot_name: rectangles_readback
    params: {}
`;
