// How the measurements run: as the tests do, one at a time, but nothing is recorded beside them.

import { defineConfig } from "@playwright/test";
import { chromium } from "../support/chromium.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "../test-results",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  retries: 0,
  forbidOnly: true,
  reporter: [["line"]],
  use: {
    browserName: "chromium",
    launchOptions: chromium(),
    viewport: { width: 1280, height: 800 },
  },
});
