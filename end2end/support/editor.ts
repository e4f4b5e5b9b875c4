// A grid while it is arranged, as a person does it.

import { expect, type Locator } from "@playwright/test";
import { Dashboard } from "./dashboard.ts";

export class Editor {
  readonly dashboard: Dashboard;
  readonly dialog: Locator;

  private constructor(dashboard: Dashboard) {
    this.dashboard = dashboard;
    this.dialog = dashboard.page.getByTestId("dialog");
  }

  /** Begins to arrange the grid on the screen. */
  static async begin(dashboard: Dashboard): Promise<Editor> {
    await dashboard.page.getByTestId("edit-toggle").click();
    await expect(dashboard.page.getByTestId("edit-bar")).toBeVisible();
    return new Editor(dashboard);
  }

  /** A control of the bar or of the page. */
  control(name: string): Locator {
    return this.dashboard.page.getByTestId(name);
  }

  /** A free place, counted from 0. */
  slot(row: number, col: number): Locator {
    return this.dashboard.page.locator(`[data-testid=slot][data-row="${row}"][data-col="${col}"]`);
  }

  /** Gives the grid so many columns. */
  async columns(count: number): Promise<void> {
    await this.control("grid-cols").fill(`${count}`);
    await this.control("grid-cols").press("Enter");
    await this.control("grid-cols").blur();
    await expect(this.dashboard.page.getByTestId("grid")).toHaveClass(new RegExp(`cols-${count}\\b`));
  }

  /** Opens the form for a plot between two places. */
  async between(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    await this.slot(...from).click();
    await this.slot(...to).click();
    await expect(this.dialog).toBeVisible();
  }

  /** Chooses an output by what its list says. */
  async choose(output: string): Promise<void> {
    await this.dialog.getByTestId("plot-output").selectOption({ label: output });
  }

  /** Carries out what the dialog is about, and waits until it is closed. */
  async confirm(): Promise<void> {
    await this.dialog.getByTestId("confirm").click();
    await expect(this.dialog).toBeHidden();
  }
}
