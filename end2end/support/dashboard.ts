// The page as a person sees it: grids, cells, marks. Specs name these instead of selectors.

import { expect, type Locator, type Page, type Response } from "@playwright/test";
import type { DataArray } from "./api.ts";
import { numbersIn } from "./readings.ts";

export class Dashboard {
  readonly page: Page;
  readonly cells: Locator;
  readonly connection: Locator;
  readonly tabs: Locator;

  constructor(page: Page) {
    this.page = page;
    this.cells = page.getByTestId("cell");
    this.connection = page.getByTestId("connection");
    this.tabs = page.getByTestId("grid-tab");
  }

  /** Opens an address and waits until the page says that it is live. */
  static async open(page: Page, address = "/"): Promise<Dashboard> {
    await page.goto(address);
    const dashboard = new Dashboard(page);
    await dashboard.isLive();
    return dashboard;
  }

  /** Waits until the connection is live and so is every cell of the grid. */
  async isLive(): Promise<void> {
    await expect(this.connection).toHaveAttribute("data-state", "live");
    await expect(this.cells.first()).toBeVisible();
    for (const cell of await this.cells.all()) {
      await expect(cell).toHaveAttribute("data-mark", "live");
    }
  }

  /** The cell with this title. */
  cell(title: string): Locator {
    return this.cells.filter({ has: this.page.getByRole("heading", { name: title }) });
  }

  /** The canvas of a cell. */
  figure(cell: Locator): Locator {
    return cell.getByTestId("figure");
  }

  /** Waits until a frame newer than the one on a cell's canvas has been painted. */
  async repaints(cell: Locator): Promise<void> {
    const figure = this.figure(cell);
    const before = (await figure.getAttribute("data-version")) ?? "";
    await expect(figure).toHaveAttribute("data-version", /\d/);
    await expect(figure).not.toHaveAttribute("data-version", before);
  }

  /** Waits until a cell has painted these data: what comes last of a job that ends comes after its end is told. */
  async hasPainted(cell: Locator, data: readonly DataArray[]): Promise<void> {
    const until = Math.max(...data.map((array) => array.end_time_ns));
    // Both are read as JavaScript's numbers, which know such times to 256 ns.
    const painted = async () => Number(await this.figure(cell).getAttribute("data-until"));
    await expect.poll(painted).toBe(until);
  }

  /** What the cell says about a point of its figure, given as fractions of its width and height. */
  async readout(cell: Locator, across: number, down: number): Promise<string> {
    const box = await this.figure(cell).boundingBox();
    if (box === null) throw new Error("the figure is not on the page");
    return this.readoutAt(cell, [box.width * across, box.height * down]);
  }

  /** The same for a point given in pixels of its figure. */
  async readoutAt(cell: Locator, [x, y]: readonly [number, number]): Promise<string> {
    const box = await this.figure(cell).boundingBox();
    if (box === null) throw new Error("the figure is not on the page");
    const readout = cell.getByTestId("readout");
    // Away first, until that is seen: otherwise what is read may be about the place before.
    await this.page.mouse.move(0, 0);
    await expect(readout).toBeEmpty();
    await this.page.mouse.move(box.x + x, box.y + y);
    await expect(readout).not.toBeEmpty();
    return (await readout.textContent()) ?? "";
  }

  /** Whether the cell tells a number of its rightmost points, which are the newest of a history. */
  async tellsOfNewest(cell: Locator, number: number | null | undefined): Promise<boolean> {
    const box = await this.figure(cell).boundingBox();
    if (box === null || number == null) return false;
    for (let across = 0.98; across > 0.9; across -= 0.01) {
      for (let down = 0.05; down < 1; down += 0.05) {
        await this.page.mouse.move(box.x + box.width * across, box.y + box.height * down);
        const readout = await cell.getByTestId("readout").textContent();
        if (numbersIn(readout ?? "").includes(number)) return true;
      }
    }
    return false;
  }

  /** Shows another grid by its tab. */
  async show(title: string): Promise<void> {
    await this.tabs.filter({ hasText: title }).click();
    await expect(this.page.getByRole("link", { name: title })).toHaveAttribute(
      "aria-current",
      "page",
    );
  }
}

/**
 * Follows a link to a grid that never was. The page asks what became of it and is refused, since nobody knows either; the
 * browser says so last.
 */
export async function visitNoGrid(page: Page): Promise<Response | null> {
  const address = "/grids/00000000-0000-4000-8000-000000000000";
  const said = page.waitForEvent("console", (message) => message.location().url.endsWith(`${address}/removal`));
  const answer = await page.goto(address);
  await said;
  return answer;
}

/** Marks the page's document, so that a reload is noticed. */
export async function remember(page: Page): Promise<void> {
  await page.evaluate(() => ((window as unknown as Remembering).beamdeckRemembered = true));
}

/** Whether the document is the one that was marked. */
export async function isRemembered(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as unknown as Remembering).beamdeckRemembered === true);
}

interface Remembering {
  beamdeckRemembered?: boolean;
}
