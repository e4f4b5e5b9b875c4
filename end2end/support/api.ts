// The server's numbers, asked for as a script does.

import { expect, type APIRequestContext, type Locator } from "@playwright/test";

interface Stored<T> {
  version: number;
  value: T;
}

export interface DataArray {
  source: string;
  output: string;
  shape: number[];
  unit: string;
  values: (number | null)[];
}

export class Api {
  #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  /** Stops or starts all sources of a workflow of the default instrument. */
  async command(workflow: string, verb: "start" | "stop"): Promise<void> {
    const answer = await this.#request.post(`/api/v1/workflows/dummy/${workflow}/1/${verb}`, {
      data: {},
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** The newest data of a cell's first layer. */
  async dataOf(cell: Locator): Promise<DataArray[]> {
    const id = await cell.getAttribute("data-cell");
    const { layers } = await this.#get<{ layers: Stored<{ id: string; cell: string }>[] }>("/grids");
    const layer = layers.find((it) => it.value.cell === id)?.value.id;
    expect(layer, `the cell ${id} has a layer`).toBeDefined();
    return (await this.#get<{ arrays: DataArray[] }>(`/layers/${layer}/data`)).arrays;
  }

  async #get<T>(path: string): Promise<T> {
    const answer = await this.#request.get(`/api/v1${path}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
  }
}
