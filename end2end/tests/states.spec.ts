// Every state that a cell, a source or the connection can be in says so: by shape, by word, to assistive technology.

import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { axeFindings } from "../support/axe.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test as base } from "../support/fixtures.ts";

const test = base.extend({
  flags: async ({}, use) =>
    use(["--instrument", fixture("states.toml"), "--config", fixture("states.config.toml")]),
});

for (const [name, look] of [
  ["on a desk", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
  ["on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
] as const) {
  test(`a cell says what it is in, ${name}`, async ({ visitor, request }, info) => {
    const page = await visitor(look);
    await page.goto("/");
    const dashboard = new Dashboard(page);
    const cell = (title: string) => dashboard.cell(title);
    await is(cell("Runs"), "live", "live", "Up to date");
    await is(cell("Falls silent"), "live", "live", "Up to date");
    await is(cell("Never comes"), "waiting", "waiting", "Waiting for data");
    await notes(cell("Never comes"), "waiting", "Waiting for data");
    await is(cell("Cannot be drawn"), "error", "error", "Could not be computed or drawn");
    await notes(cell("Cannot be drawn"), "error", /mm and .* K: put them in cells of their own/);

    await new Api(request).command("spectrum", "stop", "states");
    await is(cell("Ends"), "stopped", "stopped", "Stopped: the last picture is kept");
    await is(cell("Falls silent"), "stale", /^> \d+ s$/, "No new data");
    await is(cell("Two monitors"), "stale", /^> \d+ s$/, "No new data");
    const remark = cell("Two monitors").getByTestId("figure-notes");
    await expect(remark).toHaveText(/^Monitor B: no data for more than \d+ s$/);
    await is(cell("Runs"), "live", "live", "Up to date");
    await keep(page, info, "cells");
  });

  test(`the connection says how it stands, ${name}`, async ({ visitor, server, faults }, info) => {
    const page = await visitor(look);
    await page.goto("/");
    const dashboard = new Dashboard(page);
    const { connection } = dashboard;
    await expect(connection).toHaveAttribute("data-state", "live");
    await is(dashboard.cell("Runs"), "live", "live", "Up to date");
    await expect(dashboard.cell("Runs").getByTestId("watermark")).toBeHidden();
    await faults.whileRequestsMayFail(async () => {
      await server.kill();
      await expect(connection).toHaveAttribute("data-state", "reconnecting");
      await expect(connection).toHaveText("reconnecting");
      await keep(page, info, "reconnecting");
      await expect(connection).toHaveAttribute("data-state", "offline", { timeout: 20_000 });
      await expect(connection).toHaveText("offline");
      const watermark = dashboard.cell("Runs").getByTestId("watermark");
      await expect(watermark).toHaveText(/^as of \d\d:\d\d:\d\d$/);
      await keep(page, info, "offline");
      await server.start();
      await expect(connection).toHaveAttribute("data-state", "live");
    });
    await is(dashboard.cell("Runs"), "live", "live", "Up to date");
    await expect(dashboard.cell("Runs").getByTestId("watermark")).toBeHidden();
  });
}

/** That a cell is marked so, in every way it has. */
async function is(cell: Locator, mark: string, text: string | RegExp, meaning: string): Promise<void> {
  await expect(cell).toHaveAttribute("data-mark", mark, { timeout: 20_000 });
  const chip = cell.getByTestId("mark");
  await expect(chip).toHaveText(text);
  await expect(chip).toHaveAttribute("title", meaning);
  await expect(chip).toHaveAccessibleName(new RegExp(`: ${meaning}$`));
}

async function notes(cell: Locator, kind: string, text: string | RegExp): Promise<void> {
  const note = cell.getByTestId("cell-notes").locator("li");
  await expect(note).toHaveAttribute("data-note", kind);
  await expect(note).toHaveText(text);
}

/** Keeps what is on the screen, for people to look at, and asks axe about it. */
async function keep(page: Page, info: { outputPath(name: string): string }, name: string): Promise<void> {
  expect.soft(await axeFindings(page), name).toEqual([]);
  await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}
