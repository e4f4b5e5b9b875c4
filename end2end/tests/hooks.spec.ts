// The hooks of the page are those that `docs/testing-hooks.md` promises.

import { readFileSync } from "node:fs";
import { Dashboard, visitNoGrid } from "../support/dashboard.ts";
import { Editor } from "../support/editor.ts";
import { expect, test } from "../support/fixtures.ts";
import { RegionEditor } from "../support/regions.ts";

const PROMISED = promised(readFileSync(new URL("../../docs/testing-hooks.md", import.meta.url), "utf8"));

test("every hook that a page carries is written down", async ({ page, faults }) => {
  // The whole page, from place to place.
  test.slow();
  const seen = new Set<string>();
  const look = async () => {
    const hooks = page.locator("[data-testid]");
    const ids = await hooks.evaluateAll((all) => all.map((it) => it.getAttribute("data-testid") ?? ""));
    for (const id of ids) seen.add(id);
  };
  const dashboard = await Dashboard.open(page);
  for (const grid of ["Volume", "Numbers", "Correlations", "Detectors"]) {
    await dashboard.show(grid);
    await dashboard.isLive();
    await look();
  }
  const cell = dashboard.cell("Beam monitors, since start");
  for (const menu of ["figure-menu", "save-menu"]) {
    await cell.getByTestId(menu).click();
    await look();
    await page.keyboard.press("Escape");
  }
  await dashboard.cell("Panel 0, since start").getByTestId("figure-menu").click();
  await look();
  await page.keyboard.press("Escape");
  for (const key of ["Control+k", "?"]) {
    await page.keyboard.press(key);
    await expect(page.getByTestId("dialog")).toBeVisible();
    await look();
    await page.keyboard.press("Escape");
    // A key pressed before the page has heard that it is closed is the dialog's still.
    await expect(page.getByTestId("dialog")).toHaveCount(0);
  }

  const editor = await Editor.begin(dashboard);
  await editor.columns(3);
  await look();
  await editor.between([0, 2], [1, 2]);
  await expect(editor.dialog.getByTestId("preview-picture")).toBeVisible();
  await look();
  for (const output of ["No data: lines and rectangles", "Total counts · Total counts, latest"]) {
    await editor.choose(output);
    for (const plotter of await editor.dialog.getByTestId("plot-plotter").locator("option").all()) {
      await editor.dialog.getByTestId("plot-plotter").selectOption((await plotter.getAttribute("value")) ?? "");
      await look();
    }
  }
  await editor.dialog.getByTestId("cancel").click();
  await cell.getByTestId("cell-layers").click();
  await expect(editor.dialog).toBeVisible();
  await look();
  await editor.dialog.getByTestId("cancel").click();
  await editor.control("grid-keep").click();
  await expect(editor.dialog.getByTestId("template-title")).toBeVisible();
  await look();
  await editor.confirm();
  await editor.control("grid-add").click();
  await expect(editor.dialog.getByTestId("template-kept")).toBeVisible();
  await look();
  await editor.dialog.getByTestId("cancel").click();
  await editor.control("edit-toggle").click();

  const regions = await RegionEditor.begin(dashboard, "Panel 0, since start");
  await regions.draw("ellipse", [0.36, 0.3], [0.5, 0.55]);
  await look();
  for (const address of ["/workflows", "/status", "/nowhere"]) {
    const visit = () => page.goto(address).then(() => page.getByTestId("header").waitFor());
    await (address === "/nowhere" ? faults.whileRequestsMayFail(visit) : visit());
    await look();
  }
  await faults.whileRequestsMayFail(async () => {
    await visitNoGrid(page);
  });
  await look();

  const unwritten = [...seen].filter((id) => !PROMISED.some((it) => it.test(id)));
  expect(unwritten).toEqual([]);
  // A walk that saw little would prove little.
  expect(seen.size).toBeGreaterThan(100);
});

/** What the page about hooks names: each name stands in backticks, `*` and `…` stand for any. */
function promised(text: string): RegExp[] {
  const names = [...text.matchAll(/`([a-z0-9*…-]+)`/g)].map((it) => it[1] ?? "");
  const pattern = (name: string) => name.replace(/[*…]/g, "[a-z0-9_-]+").replace(/\d+$/, "\\d+");
  return names.map((name) => new RegExp(`^${pattern(name)}$`));
}
