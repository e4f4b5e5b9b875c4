// Which Chromium the tests drive: the one that `cargo xtask test browser` found, or Playwright's own.

import type { LaunchOptions } from "@playwright/test";

/** A name of this machine that browsers do not trust as they trust `127.0.0.1`: like a server's on a LAN. */
export const LAN_HOST = "beamline";

const ARGS = [
  `--host-resolver-rules=MAP ${LAN_HOST} 127.0.0.1`,
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
