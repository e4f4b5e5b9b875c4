// A page with many plots: what an update costs it, how long it takes to show them, and whether its memory stays flat.

import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { pause, Server } from "../support/server.ts";
import { report } from "./line.ts";
import { MainThread } from "./main-thread.ts";
import { watchMemory } from "./memory.ts";
import { addGridOfCopies } from "./many-cells.ts";
import { countSteps, liveAt, watchPaintings } from "./watch.ts";

const TWELVE = fileURLToPath(new URL("../../server/benches/twelve.toml", import.meta.url));
const SETTLE_MS = 5_000;
const MANY = { title: "Twenty-four", copies: 2 };

test("24 mixed cells", async ({ browser }) => {
  const server = await Server.start(["--instrument", TWELVE]);
  const grid = await addGridOfCopies(server.url, MANY.title, MANY.copies);
  await pause(SETTLE_MS);
  const paintedAt: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    await watchPaintings(page);
    await page.goto(`/grids/${grid}`);
    paintedAt.push(await liveAt(page));
    await context.close();
  }
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto(`/grids/${grid}`);
  await expect(page.getByTestId("cell")).toHaveCount(24);
  await pause(SETTLE_MS);
  const steps = await countSteps(page);
  const mainThread = await MainThread.of(page);
  const tasks: number[] = [];
  for (let window = 0; window < 6; window += 1) {
    const before = { steps: await steps(), ...(await mainThread.busy()) };
    await pause(5_000);
    const after = { steps: await steps(), ...(await mainThread.busy()) };
    tasks.push((after.tasks - before.tasks) / (after.steps - before.steps));
  }
  const reveals = await revealEachTab(page, 24);
  await context.close();
  await server.dispose();
  const named = { bench: "client", case: "24 mixed cells", unit: "ms" };
  report({ ...named, metric: "first visit: all painted", budget: { at_most: 1_500 } }, paintedAt);
  report({ ...named, metric: "main thread per update", budget: { at_most: 16 } }, tasks);
  report({ ...named, metric: "click to painted cells", budget: { at_most: 100 } }, reveals);
});

test("memory", async ({ browser }) => {
  test.setTimeout(900_000);
  const server = await Server.start(["--instrument", TWELVE]);
  await addGridOfCopies(server.url, MANY.title, MANY.copies);
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const memory = await watchMemory(page);
  await page.goto("/");
  await expect(page.getByTestId("cell")).toHaveCount(12);
  await pause(SETTLE_MS);

  // Whatever is made once is made in the first round.
  await reveal(page, 100);
  const before = await memory.now();
  await reveal(page, 1_000);
  const revealed = await memory.now();
  await updates(page, 10_000);
  const updated = await memory.now();
  await context.close();
  await server.dispose();

  for (const [name, from, to] of [
    ["1,000 reveals", before, revealed],
    ["10,000 painted figures", revealed, updated],
  ] as const) {
    const named = { bench: "client", case: `memory gained by ${name}` };
    const kib = (bytes: number) => [bytes / 1024];
    report({ ...named, metric: "JavaScript heap", unit: "KiB", budget: { at_most: 1024 } }, kib(to.heap - from.heap));
    report({ ...named, metric: "WebAssembly memory", unit: "KiB", budget: { at_most: 2048 } }, kib(to.wasm - from.wasm));
    report({ ...named, metric: "WebGL objects", unit: "", budget: { at_most: 0 } }, [to.glObjects - from.glObjects]);
  }
});

/** Shows the two grids in turn, so many times; each time every figure is painted before the next. */
async function reveal(page: Page, times: number): Promise<void> {
  await page.evaluate(async (times) => {
    const tabs = [...document.querySelectorAll<HTMLElement>("[data-testid=grid-tab]")];
    const allPainted = (before: string | null | undefined) => {
      const grid = document.querySelector("[data-testid=grid]")?.getAttribute("data-grid");
      const figures = [...document.querySelectorAll("[data-testid=figure]")];
      return grid !== before && figures.length > 0 && figures.every((it) => it.getAttribute("data-version"));
    };
    for (let turn = 1; turn <= times; turn += 1) {
      const before = document.querySelector("[data-testid=grid]")?.getAttribute("data-grid");
      const at = tabs.findIndex((it) => it.getAttribute("aria-current") === "page");
      tabs[(at + 1) % tabs.length]?.click();
      do await new Promise((resolve) => requestAnimationFrame(resolve));
      while (!allPainted(before));
    }
  }, times);
}

/** Waits until so many figures were painted anew. */
async function updates(page: Page, count: number): Promise<void> {
  await page.evaluate(
    (count) =>
      new Promise<void>((resolve) => {
        let seen = 0;
        const observer = new MutationObserver((records) => {
          seen += records.length;
          if (seen < count) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(document, { subtree: true, attributeFilter: ["data-version"] });
      }),
    count,
  );
}

/** Leaves the grid shown and comes back, several times; ms from the click to all cells painted. */
async function revealEachTab(page: Page, cells: number): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    await page.getByTestId("grid-tab").first().click();
    await expect(page.getByTestId("cell")).toHaveCount(12);
    await pause(1_500);
    taken.push(
      await page.getByTestId("grid-tab").last().evaluate((tab: HTMLElement, cells) => {
        const clicked = performance.now();
        tab.click();
        return new Promise<number>((resolve) => {
          const look = (now: number) => {
            const figures = [...document.querySelectorAll("[data-testid=figure]")];
            const done = figures.length === cells && figures.every((it) => it.getAttribute("data-until"));
            if (done) resolve(now - clicked);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      }, cells),
    );
    await pause(1_500);
  }
  return taken;
}
