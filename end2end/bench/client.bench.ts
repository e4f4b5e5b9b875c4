// The page against the server on loopback: loading, from message to screen, showing another grid, main thread.

import { fileURLToPath } from "node:url";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { pause, Server } from "../support/server.ts";
import { percentile, report } from "./line.ts";
import { MainThread } from "./main-thread.ts";
import { countSteps, liveAt, takePaintings, watchPaintings } from "./watch.ts";

const TWELVE = fileURLToPath(new URL("../../server/benches/twelve.toml", import.meta.url));
/** Pulses of the simulated source, and how many of them a publication covers. */
const PULSE_MS = 1e3 / 14;
const SLOT_PULSES = 2;
const SETTLE_MS = 5_000;

test("loading", async ({ browser }) => {
  const server = await Server.start();
  await pause(SETTLE_MS);
  const visits = { first: [] as Visit[], second: [] as Visit[] };
  for (let round = 0; round < 7; round += 1) {
    const context = await browser.newContext({ baseURL: server.url });
    visits.first.push(await visit(await context.newPage()));
    visits.second.push(await visit(await context.newPage()));
    await context.close();
  }
  await server.dispose();
  for (const [order, seen] of Object.entries(visits)) {
    const named = { bench: "client", case: `${order} visit` };
    const budget = (at_most: number) => (order === "first" ? { budget: { at_most } } : {});
    const metric = "first contentful paint";
    report({ ...named, metric, unit: "ms", ...budget(500) }, seen.map((it) => it.paintedAt));
    report({ ...named, metric: "live plots", unit: "ms", ...budget(1500) }, seen.map((it) => it.liveAt));
    report({ ...named, metric: "loaded by then", unit: "B", ...budget(600_000) }, seen.map((it) => it.bytes));
    report({ ...named, metric: "answers of sync in it", unit: "B" }, seen.map((it) => it.syncBytes));
  }
});

interface Visit {
  paintedAt: number;
  liveAt: number;
  /** Received by then, headers included: nothing for what the cache had. */
  bytes: number;
  syncBytes: number;
}

async function visit(page: Page): Promise<Visit> {
  await watchPaintings(page);
  await page.goto("/");
  const live = await liveAt(page);
  const seen = await page.evaluate((live) => {
    const timings = [
      ...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource"),
    ] as PerformanceResourceTiming[];
    const loaded = timings.filter((it) => it.responseEnd > 0 && it.responseEnd <= live);
    const bytes = (of: PerformanceResourceTiming[]) => of.reduce((sum, it) => sum + it.transferSize, 0);
    return {
      paintedAt: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      bytes: bytes(loaded),
      syncBytes: bytes(loaded.filter((it) => it.name.endsWith("/sync"))),
    };
  }, live);
  await page.close();
  return { ...seen, liveAt: live };
}

for (const [name, flags] of [
  ["default grid", []],
  ["12 mixed cells", ["--instrument", TWELVE]],
] as const) {
  test(`message to screen, ${name}`, async ({ page }) => {
    const server = await Server.start(flags);
    await watchPaintings(page);
    await page.goto(server.url);
    await liveAt(page);
    await pause(SETTLE_MS);
    await takePaintings(page);
    await pause(30_000);
    const paintings = await takePaintings(page);
    const pulseAt = await lastPulseAt(server);
    await server.dispose();

    // What is painted ends between two pulses. Their times are known, and so when the last message of a publication
    // was handed over: the simulator stamps each pulse with the time of day at which it plays it.
    const newest = paintings.map(({ shownAt, until }) => {
      const pulses = Math.floor((until - pulseAt) / PULSE_MS);
      return shownAt - (pulseAt + pulses * PULSE_MS);
    });
    const waited = Array.from({ length: SLOT_PULSES }, (_, pulses) => pulses * PULSE_MS);
    const all = newest.flatMap((ms) => waited.map((wait) => ms + wait));
    const named = { bench: "client", case: name, unit: "ms" };
    report({ ...named, metric: "message to screen", budget: { at_most: 100 } }, all);
    report({ ...named, metric: "message to screen, p95" }, p95s(all));
    report({ ...named, metric: "last message of a publication to screen" }, newest);
    report({ ...named, metric: "last message of a publication to screen, p95" }, p95s(newest));
  });
}

/** The 95th percentile of each fifth of the samples. */
function p95s(samples: readonly number[]): number[] {
  const fifth = Math.ceil(samples.length / 5);
  const parts = [0, 1, 2, 3, 4].map((it) => samples.slice(it * fifth, (it + 1) * fifth));
  return parts.filter((it) => it.length > 0).map((it) => percentile(it, 0.95));
}

/** The time of a pulse, ms since 1970. */
async function lastPulseAt(server: Server): Promise<number> {
  const answer = await fetch(`${server.url}/api/v1/status`);
  const { streams } = (await answer.json()) as { streams: { name: string; last_data_ns: number }[] };
  const panel = streams.find((it) => it.name === "panel_0");
  if (panel === undefined) throw new Error("the instrument has no stream panel_0");
  return panel.last_data_ns / 1e6;
}

test("another grid", async ({ page }) => {
  const server = await Server.start();
  await watchPaintings(page);
  await page.goto(server.url);
  await liveAt(page);
  const tabs = page.getByTestId("grid-tab");
  const reveals: number[] = [];
  for (let turn = 1; turn <= 12; turn += 1) {
    await pause(1_500);
    reveals.push(await reveal(page, (await tabs.nth(turn % (await tabs.count())).textContent()) ?? ""));
  }
  await server.dispose();
  const metric = "click to painted cells";
  report({ bench: "client", case: "another grid", metric, unit: "ms", budget: { at_most: 100 } }, reveals);
});

/** Clicks a tab; ms from the click until every cell of the grid is painted. */
async function reveal(page: Page, title: string): Promise<number> {
  return page.getByTestId("grid-tab").filter({ hasText: title }).evaluate((tab: HTMLElement) => {
    const shown = () => document.querySelector("[data-testid=grid]")?.getAttribute("data-grid");
    const before = shown();
    return new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        const figures = [...document.querySelectorAll("[data-testid=figure]")];
        const allPainted = figures.length > 0 && figures.every((it) => it.getAttribute("data-until"));
        if (shown() === before || !allPainted) return;
        observer.disconnect();
        requestAnimationFrame((now) => resolve(now - clicked));
      });
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributeFilter: ["data-until", "data-grid"],
      });
      const clicked = performance.now();
      tab.click();
    });
  });
}

test("main thread", async ({ browser }) => {
  const server = await Server.start(["--instrument", TWELVE]);
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByTestId("cell")).toHaveCount(12);
  await pause(SETTLE_MS);
  const steps = await countSteps(page);
  const mainThread = await MainThread.of(page);
  const [tasks, script]: [number[], number[]] = [[], []];
  for (let window = 0; window < 6; window += 1) {
    const before = { steps: await steps(), ...(await mainThread.busy()) };
    await pause(5_000);
    const after = { steps: await steps(), ...(await mainThread.busy()) };
    const count = after.steps - before.steps;
    tasks.push((after.tasks - before.tasks) / count);
    script.push((after.script - before.script) / count);
  }
  const drawnBy = await renderer(page, browser);
  const named = { bench: "client", case: `12 mixed cells, ${drawnBy}`, unit: "ms" };
  await context.close();
  await server.dispose();
  report({ ...named, metric: "main thread per update", budget: { at_most: 8 } }, tasks);
  report({ ...named, metric: "script of it" }, script);
});

/** What draws images here: the number means little without it. */
async function renderer(page: Page, browser: Browser): Promise<string> {
  const name = await page.evaluate(() => {
    const context = document.createElement("canvas").getContext("webgl2");
    const names = context?.getExtension("WEBGL_debug_renderer_info");
    if (!context || !names) return "no WebGL";
    return String(context.getParameter(names.UNMASKED_RENDERER_WEBGL));
  });
  const drawnBy = name.includes("SwiftShader") ? "software WebGL" : name;
  return `Chromium ${browser.version()}, ${drawnBy}`;
}
