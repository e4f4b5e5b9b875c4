// Observers inside the page: when it painted what. They wait for the page's own marks and poll nothing.

import type { Page } from "@playwright/test";

/** One step in which figures were painted. */
export interface Painting {
  /** When the next animation frame began, ms since 1970: by then the step is on the screen. */
  shownAt: number;
  /** The newest end of data time painted, ms since 1970. */
  until: number;
}

interface Watched {
  beamdeckPaintings: Painting[];
  beamdeckLiveAt: number | null;
  beamdeckSteps: number;
}

/** Notes every step from the page's first moment on, and when all cells first were live and painted. */
export async function watchPaintings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = window as unknown as Watched;
    watched.beamdeckPaintings = [];
    watched.beamdeckLiveAt = null;
    const allLive = () => {
      const cells = [...document.querySelectorAll("[data-testid=cell]")];
      const isLive = (cell: Element) =>
        cell.getAttribute("data-mark") === "live" &&
        // Before there are data, the empty axes are painted: then no data time is told.
        cell.querySelector("[data-testid=figure]")?.getAttribute("data-until");
      return cells.length > 0 && cells.every(isLive);
    };
    const observer = new MutationObserver((records) => {
      const ends = records
        .filter((it) => it.attributeName === "data-until")
        .map((it) => Number((it.target as Element).getAttribute("data-until")) / 1e6)
        .filter((it) => it > 0);
      if (ends.length > 0) {
        const until = Math.max(...ends);
        requestAnimationFrame(() => {
          watched.beamdeckPaintings.push({
            shownAt: performance.timeOrigin + performance.now(),
            until,
          });
        });
      }
      if (watched.beamdeckLiveAt === null && allLive()) {
        requestAnimationFrame((now) => (watched.beamdeckLiveAt ??= now));
      }
    });
    observer.observe(document, {
      subtree: true,
      childList: true,
      attributeFilter: ["data-until", "data-mark", "data-version"],
    });
  });
}

/** Takes the steps noted since the last time. */
export async function takePaintings(page: Page): Promise<Painting[]> {
  return page.evaluate(() => (window as unknown as Watched).beamdeckPaintings.splice(0));
}

/** When all cells were live and painted, ms after the navigation began. */
export async function liveAt(page: Page): Promise<number> {
  const watched = await page.waitForFunction(
    () => (window as unknown as Watched).beamdeckLiveAt,
    undefined,
    { polling: 200 },
  );
  return (await watched.jsonValue()) ?? NaN;
}

/** Counts steps and nothing else: what is measured is the page, not its observer. */
export async function countSteps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watched = window as unknown as Watched;
    watched.beamdeckSteps = 0;
    const observer = new MutationObserver(() => (watched.beamdeckSteps += 1));
    observer.observe(document, { subtree: true, attributeFilter: ["data-version"] });
  });
  return () => page.evaluate(() => (window as unknown as Watched).beamdeckSteps);
}
