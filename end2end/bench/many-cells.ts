// Grids with more plots than an instrument brings.

import { randomUUID } from "node:crypto";
import { put } from "../support/put.ts";

interface Stored<T> {
  value: T;
}

interface Grids {
  cells: Stored<{ id: string; title: string | null }>[];
  layers: Stored<{ id: string; cell: string; title: string; config: object }>[];
}

const COLUMNS = 6;

/** Arranges a grid that shows every plot of the server so many times; its id. */
export async function addGridOfCopies(url: string, title: string, copies: number): Promise<string> {
  const answer = await fetch(`${url}/api/v1/grids`);
  const { cells, layers } = (await answer.json()) as Grids;
  const all = Array.from({ length: copies }, () => cells).flat();
  const grid = randomUUID();
  const nrows = Math.ceil(all.length / COLUMNS);
  await put(`${url}/api/v1/grids/${grid}`, { title, nrows, ncols: COLUMNS });
  for (const [n, { value }] of all.entries()) {
    const cell = randomUUID();
    const geometry = { row: Math.floor(n / COLUMNS), col: n % COLUMNS, row_span: 1, col_span: 1 };
    await put(`${url}/api/v1/cells/${cell}`, { grid, geometry, title: value.title });
    for (const layer of layers.filter((it) => it.value.cell === value.id)) {
      const { title, config } = layer.value;
      await put(`${url}/api/v1/layers/${randomUUID()}`, { cell, title, config });
    }
  }
  return grid;
}
