// What people take along from a plot: pictures, data, a link, details.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

const IMAGE = "Panel 0, since start";
const LINES = "Beam monitors, since start";
const NUMBERS = "Beam monitors and panel, in numbers";
const STAMP = /_\d{8}T\d{6}Z$/;

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a picture is saved in the pixels of the screen, and as vectors", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await dashboard.repaints(cell);
  const png = await saved(cell, "save-png");
  expect(png.name).toMatch(/^Dummy-beamline_panel-0_.+\.png$/);
  expect(png.name.replace(".png", "")).toMatch(STAMP);
  const picture = await decoded(page, png.bytes);
  const canvas = await dashboard.figure(cell).evaluate((it) => (it as HTMLCanvasElement).width);
  expect(picture.width).toBe(canvas);
  expect(picture.corner).toEqual([255, 255, 255, 255]);
  expect(picture.nColours).toBeGreaterThan(50);

  await cell.getByTestId("save-menu").click();
  await cell.getByTestId("save-white").uncheck();
  const dark = await saved(cell, "save-png", false);
  expect((await decoded(page, dark.bytes)).corner).toEqual([0x17, 0x1c, 0x23, 255]);
  await page.keyboard.press("Escape");

  const svg = (await saved(cell, "save-svg")).bytes.toString("utf8");
  const read = await page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, "image/svg+xml");
    return {
      errors: document.querySelectorAll("parsererror").length,
      words: [...document.querySelectorAll("text")].map((it) => it.textContent ?? ""),
      images: [...document.querySelectorAll("image")].map((it) => it.getAttribute("href") ?? ""),
    };
  }, svg);
  expect(read.errors).toBe(0);
  expect(read.images).toHaveLength(1);
  expect(read.images[0]).toMatch(/^data:image\/png;base64,/);
  expect(read.words).toContain(IMAGE);
  expect(read.words.some((it) => it.startsWith("Dummy beamline, data until "))).toBe(true);
  expect(read.words.some((it) => it.includes("[counts]"))).toBe(true);

  const curves = (await saved(dashboard.cell(LINES), "save-svg")).bytes.toString("utf8");
  expect(curves).not.toContain("<image");
  expect(curves.match(/<path d="M[^"]{200,}/g)?.length).toBeGreaterThan(0);
});

test("a picture that the browser cannot make is told by the plot's name, with what to do", async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.toBlob = (done) => done(null);
  });
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await dashboard.repaints(cell);
  await cell.getByTestId("save-menu").click();
  await cell.getByTestId("save-png").click();
  await expect(page.getByTestId("toast")).toContainText(`${IMAGE} was not saved`);
  await expect(page.getByTestId("toast")).toContainText("save it as SVG");
});

test("data are saved as CSV, JSON and Arrow", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  const csv = (await saved(cell, "save-csv")).bytes.toString("utf8").trimEnd().split("\n");
  expect(csv).toHaveLength(128 * 128 + 1);
  expect(csv[0]).toMatch(/^source,/);
  const json = JSON.parse((await saved(cell, "save-json")).bytes.toString("utf8"));
  expect(json.arrays[0].shape).toEqual([128, 128]);
  const arrow = await saved(cell, "save-arrow");
  expect(arrow.name).toMatch(/\.arrow$/);
  expect(arrow.bytes.subarray(0, 6).toString("latin1")).toBe("ARROW1");
  expect(arrow.bytes.subarray(-6).toString("latin1")).toBe("ARROW1");
  // Source, two places of 8 bytes, and a count of 4 bytes at least per element.
  expect(arrow.bytes.length).toBeGreaterThan(128 * 128 * 24);
});

test("what was computed from is saved instead of what is shown, on wish", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(LINES);
  const errors = async () => {
    const { arrays } = JSON.parse((await saved(cell, "save-json")).bytes.toString("utf8"));
    return arrays.map((it: { errors?: number[] }) => it.errors !== undefined);
  };
  expect(await errors()).toEqual([true, true]);
  await cell.getByTestId("save-menu").click();
  await expect(cell.getByTestId("save-panel")).toContainText("before the plotter made anything of them");
  await cell.getByTestId("save-what-inputs").check();
  const asked = page.waitForRequest((it) => it.url().includes("/data?what=inputs"));
  await saved(cell, "save-json", false);
  await asked;
});

test("a table is saved as a picture", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  await dashboard.show("Numbers");
  const cell = dashboard.cell(NUMBERS);
  await expect(cell).toHaveAttribute("data-mark", "live");
  const svg = (await saved(cell, "save-svg")).bytes.toString("utf8");
  const words = await page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, "image/svg+xml");
    return [...document.querySelectorAll("text")].map((it) => it.textContent ?? "");
  }, svg);
  expect(words).toContain(NUMBERS);
  expect(words).toContain("Quantity");
  for (const head of await cell.locator("thead th").allTextContents()) expect(words).toContain(head);
  for (const row of await cell.locator("tbody th").allTextContents()) expect(words).toContain(row);
  const png = await saved(cell, "save-png");
  const picture = await decoded(page, png.bytes);
  expect(picture.corner).toEqual([255, 255, 255, 255]);
  expect(picture.nColours).toBeGreaterThan(2);
});

test("a link shows another session the same plot", async ({ page, visitor }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await cell.getByTestId("figure-menu").click();
  await cell.getByTestId("scale-colour-sqrt").check();
  await cell.getByTestId("colour-map").selectOption("Magma");
  await cell.getByTestId("more-x").locator("summary").click();
  await cell.getByTestId("limit-x-min").fill("20");
  await cell.getByTestId("limit-x-min").press("Enter");
  await cell.getByTestId("limit-x-max").fill("60");
  await cell.getByTestId("limit-x-max").press("Enter");
  await page.keyboard.press("Escape");
  await cell.getByTestId("save-menu").click();
  await cell.getByTestId("copy-link").click();
  await expect(page.getByTestId("toast")).toContainText("The link can be pasted now.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/grids\/[0-9a-f-]{36}#plot=1\.[A-Za-z0-9_-]+$|\/#plot=1\./);

  const other = await visitor();
  const theirs = (await Dashboard.open(other, link)).cell(IMAGE);
  await theirs.getByTestId("figure-menu").click();
  await expect(theirs.getByTestId("scale-colour-sqrt")).toBeChecked();
  await expect(theirs.getByTestId("colour-map")).toHaveValue("Magma");
  await expect(theirs.getByTestId("follow-x")).not.toBeChecked();
  await theirs.getByTestId("more-x").locator("summary").click();
  await expect(theirs.getByTestId("limit-x-min")).toHaveValue("20");
  await expect(theirs.getByTestId("limit-x-max")).toHaveValue("60");
  expect(new URL(other.url()).hash).toBe("");
});

test("a link that cannot be read says so and shows the page as usual", async ({ visitor }) => {
  for (const [fragment, said] of [
    ["plot=1.eyJjZWxs", "The link cannot be read"],
    ["plot=7.abc", "made by another version"],
  ]) {
    const page = await visitor();
    await Dashboard.open(page, `/#${fragment}`);
    await expect(page.getByTestId("toast")).toContainText(said ?? "");
  }
});

test("the details of a layer are read and copied", async ({ page }) => {
  const dashboard = await Dashboard.open(page);
  const cell = dashboard.cell(IMAGE);
  await cell.getByTestId("save-menu").click();
  await cell.getByTestId("show-details").click();
  const details = page.getByTestId("details");
  await expect(details).toContainText("Panel 0 image → ");
  await expect(details).toContainText("dummy/panel_0_xy/1");
  // What nobody chose is folded, and stays unfolded while pictures come.
  await expect(details).toContainText(/Parameters\s*none chosen/);
  const defaults = details.getByTestId("details-rest");
  const axes = defaults.getByText("Axes: scale of colours usual: logarithmic, colours from automatic");
  await expect(defaults).not.toHaveAttribute("open");
  await defaults.getByText(/^And \d+ at their defaults$/).click();
  await expect(axes).toBeVisible();
  const picture = details.locator("dt", { hasText: "Picture" }).locator("xpath=following-sibling::dd[1]");
  const before = (await picture.textContent()) ?? "";
  await expect(picture).not.toHaveText(before);
  await expect(defaults).toHaveAttribute("open");
  await expect(details).toContainText(/Lag\s*-?\d+\.\d{3} s/);
  await details.getByTestId("copy-details").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^And \d+ at their defaults: [^]*ratio 1, labels of x automatic, labels of y automatic$/m);
  for (const name of ["Output", "Sources", "Parameters", "Generation", "Picture", "Data from", "Lag"]) {
    expect(copied).toMatch(new RegExp(`^${name}: .+$`, "m"));
  }
});

interface Saved {
  name: string;
  bytes: Buffer;
}

/** Presses a button of the menu for saving; what the browser saves then. */
async function saved(cell: Locator, hook: string, opens = true): Promise<Saved> {
  if (opens) await cell.getByTestId("save-menu").click();
  const download = cell.page().waitForEvent("download");
  await cell.getByTestId(hook).click();
  const file = await download;
  const bytes = await readFile(await file.path());
  if (opens) await cell.page().keyboard.press("Escape");
  return { name: file.suggestedFilename(), bytes };
}

/** What a PNG shows: its width, the colour of its corner, and how many colours it has. */
async function decoded(
  page: Page,
  bytes: Buffer,
): Promise<{ width: number; corner: number[]; nColours: number }> {
  return page.evaluate(async (bytes) => {
    const file = new Blob([new Uint8Array(bytes)], { type: "image/png" });
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("the browser cannot draw");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      colours.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    }
    return { width: bitmap.width, corner: [...data.slice(0, 4)], nColours: colours.size };
  }, [...bytes]);
}
