// What must not happen in a page: console errors, exceptions, failed requests, policy reports.

import type { BrowserContext, Page } from "@playwright/test";

export class Faults {
  #found: string[] = [];
  #tolerated = false;

  /** Watches every page of a context, those opened later included. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding("beamdeckPolicyReport", (_source, report: string) =>
      this.#add(`policy: ${report}`),
    );
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const report = `${event.violatedDirective} blocked ${event.blockedURI || "inline code"}`;
        (window as unknown as Reporting).beamdeckPolicyReport(report);
      });
    });
    context.pages().forEach((page) => this.#listen(page));
    context.on("page", (page) => this.#listen(page));
  }

  /** Runs steps that make requests fail on purpose; nothing else may go wrong meanwhile. */
  async whileRequestsMayFail(steps: () => Promise<void>): Promise<void> {
    this.#tolerated = true;
    try {
      await steps();
    } finally {
      this.#tolerated = false;
    }
  }

  /** Everything found so far. */
  get found(): readonly string[] {
    return this.#found;
  }

  #listen(page: Page): void {
    page.on("console", (message) => {
      const text = message.text();
      const ofRequest = /^(Failed to load resource|TypeError: Failed to)/.test(text);
      if (message.type() === "error" && !(ofRequest && this.#tolerated)) {
        this.#add(`console: ${text} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => this.#add(`exception: ${error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "for an unknown reason";
      // The page itself gives requests up: when it closes, reloads or switches the grid. And a browser
      // told to run no scripts says so of those it does not fetch; real reports come by the event above.
      if (reason === "net::ERR_ABORTED" || reason === "csp" || this.#tolerated) return;
      this.#add(`request: ${request.method()} ${request.url()} failed: ${reason}`);
    });
    page.on("response", (response) => {
      if (response.status() < 400 || this.#tolerated) return;
      this.#add(`request: ${response.request().method()} ${response.url()} → ${response.status()}`);
    });
  }

  #add(fault: string): void {
    this.#found.push(fault);
  }
}

interface Reporting {
  beamdeckPolicyReport(report: string): void;
}
