// Which Chromium the tests drive: the system's, or Playwright's own download. Never a silent skip.

import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium as playwrights, type LaunchOptions } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

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
  return { executablePath: executable(), headless: true, args: ARGS };
}

function executable(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [...candidates, playwrights.executablePath()].find(isExecutable);
  if (found === undefined) {
    throw new Error(
      `no browser: put one of ${NAMES.join(", ")} on the path (on Debian: apt-get install chromium), ` +
        "or run `npx playwright install chromium` in end2end",
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
