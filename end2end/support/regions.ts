// Regions of interest, as a person edits them and as a script reads them.

import { expect, type APIRequestContext, type Locator } from "@playwright/test";
import { Dashboard } from "./dashboard.ts";

export interface Region {
  id: string;
  name: string;
  colour: number;
  changed_by: string;
  area: {
    rectangle?: { x: [number, number]; y: [number, number] };
    polygon?: { vertices: [number, number][] };
    ellipse?: { centre: [number, number]; radii: [number, number] };
  };
}

export type Place = readonly [number, number];

export class RegionEditor {
  readonly dashboard: Dashboard;
  readonly cell: Locator;
  readonly bar: Locator;

  private constructor(dashboard: Dashboard, cell: Locator) {
    this.dashboard = dashboard;
    this.cell = cell;
    this.bar = dashboard.page.getByTestId("region-bar");
  }

  /** Begins to edit the regions on a cell's image. */
  static async begin(dashboard: Dashboard, title: string): Promise<RegionEditor> {
    const editor = new RegionEditor(dashboard, dashboard.cell(title));
    const more = editor.cell.getByTestId("cell-more");
    if (await more.isVisible()) await more.click();
    await editor.cell.getByTestId("region-toggle").click();
    await expect(editor.bar).toBeVisible();
    return editor;
  }

  control(name: string): Locator {
    return this.dashboard.page.getByTestId(name);
  }

  /** A point of the page, by fractions of the figure. */
  async at([across, down]: Place): Promise<[number, number]> {
    const box = await this.dashboard.figure(this.cell).boundingBox();
    if (box === null) throw new Error("the figure is not on the page");
    return [box.x + box.width * across, box.y + box.height * down];
  }

  /** Drags with the mouse; the button stays down if told so. */
  async drag(from: Place, to: Place, end: "up" | "down" = "up"): Promise<void> {
    const { mouse } = this.dashboard.page;
    await mouse.move(...(await this.at(from)));
    await mouse.down();
    await mouse.move(...(await this.at(to)), { steps: 6 });
    if (end === "up") await mouse.up();
  }

  /** Draws a rectangle or an ellipse from corner to corner. */
  async draw(tool: "rectangle" | "ellipse", from: Place, to: Place): Promise<void> {
    await this.control(`region-${tool}`).click();
    await this.drag(from, to);
    await expect(this.control("region-hold")).toHaveAttribute("aria-pressed", "true");
    await expect(this.control("region-name")).toBeVisible();
  }

  /** Chooses a region by its name. */
  async select(name: string): Promise<void> {
    await this.control("region-list").selectOption({ label: name });
    await expect(this.control("region-name")).toHaveValue(name);
  }

  /** Writes a field and leaves it. */
  async fill(field: string, text: string): Promise<void> {
    await this.control(field).fill(text);
    await this.control(field).press("Enter");
    await this.control(field).blur();
  }
}

/** All regions, as a script gets them. */
export async function regionsOf(request: APIRequestContext): Promise<Region[]> {
  const answer = await request.get("/api/v1/regions");
  expect(answer.ok(), await answer.text()).toBe(true);
  const { regions } = (await answer.json()) as { regions: { value: Region }[] };
  return regions.map((it) => it.value).sort((a, b) => a.name.localeCompare(b.name));
}
