// Which Chromium the tests drive: the one that `cargo xtask test browser` found, or Playwright's own.

import type { LaunchOptions } from "@playwright/test";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The options that start it, without a window. */
export function chromium(): LaunchOptions {
  const executablePath = process.env["CHROMIUM"];
  return { ...(executablePath && { executablePath }), headless: true, args: ARGS };
}
