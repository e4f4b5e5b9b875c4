// A page for which nothing changes: the beam is off, the pictures stay.

import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { pause, Server } from "../support/server.ts";
import { report } from "./line.ts";
import { MainThread } from "./main-thread.ts";

const WINDOWS = 3;
const WINDOW_S = 20;
/** The beam ends after 5 s, pictures go stale some seconds later. */
const SETTLE_MS = 25_000;

test("idle page", async ({ page }) => {
  const config = fileURLToPath(new URL("idle.toml", import.meta.url));
  const server = await Server.start(["--config", config]);
  let requests = 0;
  page.on("request", (request) => {
    if (!new URL(request.url()).pathname.endsWith("/wake")) requests += 1;
  });
  await page.goto(server.url);
  await expect(page.getByTestId("figure").first()).toHaveAttribute("data-until", /\d/);
  await pause(SETTLE_MS);

  const mainThread = await MainThread.of(page);
  const [asked, tasks]: [number[], number[]] = [[], []];
  for (let window = 0; window < WINDOWS; window += 1) {
    requests = 0;
    const before = await mainThread.busy();
    await pause(WINDOW_S * 1e3);
    asked.push((requests * 60) / WINDOW_S);
    tasks.push(((await mainThread.busy()).tasks - before.tasks) / WINDOW_S);
  }
  await server.dispose();

  const named = { bench: "idle", case: "page without news" };
  const metric = "requests beside the wake";
  report({ ...named, metric, unit: "1/min", budget: { at_most: 0 } }, asked);
  report({ ...named, metric: "main thread", unit: "ms/s" }, tasks);
});
