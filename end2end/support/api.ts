// The server's numbers, asked for as a script does.

import { expect, type APIRequestContext, type Locator } from "@playwright/test";

interface Stored<T> {
  version: number;
  value: T;
}

export interface DataArray {
  name: string;
  source: string;
  output: string;
  label: string;
  dims: string[];
  shape: number[];
  unit: string;
  values: (number | null)[];
  end_time_ns: number;
  coords: Record<string, { unit: string; edges: boolean; values: number[] }>;
}

/** Where the elements along a dimension lie, in the middle between their edges. */
export function centresOf(array: DataArray, dim: string): number[] {
  const coord = array.coords[dim];
  if (coord === undefined) throw new Error(`${array.name} has no coordinate ${dim}`);
  const { values } = coord;
  if (!coord.edges) return values;
  return values.slice(1).map((end, n) => ((values[n] ?? NaN) + end) / 2);
}

export interface SourceStatus {
  name: string;
  state: string;
  message: string;
}

export class Api {
  #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  /** Stops or starts all sources of a workflow. */
  async command(workflow: string, verb: "start" | "stop", instrument = "dummy"): Promise<void> {
    const answer = await this.#request.post(`/api/v1/workflows/${instrument}/${workflow}/1/${verb}`, {
      data: {},
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** The parameters of the layer with this title. */
  async paramsOf<T>(title: string): Promise<T> {
    type Layer = { title: string; config: { params: T } };
    const { layers } = await this.#get<{ layers: Stored<Layer>[] }>("/grids");
    const found = layers.find((it) => it.value.title === title)?.value;
    if (found === undefined) throw new Error(`there is no layer ${title}`);
    return found.config.params;
  }

  /** The newest data of a cell's first layer that has any. */
  async dataOf(cell: Locator): Promise<DataArray[]> {
    const id = await cell.getAttribute("data-cell");
    type Layer = { id: string; cell: string; config: { sources: object } };
    const { layers } = await this.#get<{ layers: Stored<Layer>[] }>("/grids");
    const hasData = ({ config }: Layer) => Object.keys(config.sources).length > 0;
    const layer = layers.find((it) => it.value.cell === id && hasData(it.value))?.value.id;
    expect(layer, `the cell ${id} has a layer`).toBeDefined();
    return (await this.#get<{ arrays: DataArray[] }>(`/layers/${layer}/data?what=inputs`)).arrays;
  }

  /** How the source of the data is doing. */
  async source(): Promise<SourceStatus> {
    const { sources } = await this.#get<{ sources: SourceStatus[] }>("/status");
    expect(sources).toHaveLength(1);
    return sources[0] as SourceStatus;
  }

  async #get<T>(path: string): Promise<T> {
    const answer = await this.#request.get(`/api/v1${path}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
  }
}
