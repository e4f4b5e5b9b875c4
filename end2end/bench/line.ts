// One measured number, as every benchmark of the project writes it: a JSON object per line.

import { appendFileSync } from "node:fs";

export interface Metric {
  bench: string;
  case: string;
  metric: string;
  unit: string;
  budget?: { at_most: number };
}

/** Writes what was measured to the file that `cargo xtask bench` reads. */
export function report(metric: Metric, samples: readonly number[]): void {
  const file = process.env["BEAMDECK_BENCH_LINES"];
  if (file === undefined) {
    throw new Error("BEAMDECK_BENCH_LINES is not set: run this by `cargo xtask bench`");
  }
  if (samples.length === 0) throw new Error(`nothing was measured of ${metric.metric}`);
  const { budget, ...named } = metric;
  const spread = {
    median: rounded(percentile(samples, 0.5)),
    min: rounded(Math.min(...samples)),
    max: rounded(Math.max(...samples)),
    n: samples.length,
  };
  appendFileSync(file, `${JSON.stringify({ ...named, ...spread, budget })}\n`);
}

/** The sample below which this part of all samples lies. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(part * sorted.length), sorted.length - 1)] ?? NaN;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
