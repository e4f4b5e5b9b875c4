// What the figures' canvases say in words, and where: the labels of ticks as they were painted.

import { expect, type Locator, type Page } from "@playwright/test";

interface Words {
  text: string;
  x: number;
  y: number;
  /** Which point of the text that is, such as `center top`. */
  anchor: string;
}

/** Notes from now on what every canvas of a page writes. Call it before the page is opened. */
export async function watchWords(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const written = new WeakMap<object, Words[]>();
    const pen = CanvasRenderingContext2D.prototype;
    const { clearRect, fillText } = pen;
    pen.clearRect = function (...args) {
      written.set(this.canvas, []);
      clearRect.apply(this, args);
    };
    pen.fillText = function (text, x, y, ...rest) {
      const anchor = this.getTransform().b === 0 ? `${this.textAlign} ${this.textBaseline}` : "upward";
      written.get(this.canvas)?.push({ text, x, y, anchor });
      fillText.call(this, text, x, y, ...rest);
    };
    Object.assign(window, { beamdeckWords: (canvas: object) => written.get(canvas) ?? [] });
  });
}

/** What a figure says now. */
async function wordsOn(figure: Locator): Promise<Words[]> {
  return figure.evaluate((canvas) => (window as unknown as Watched).beamdeckWords(canvas));
}

interface Watched {
  beamdeckWords(canvas: object): Words[];
}

export type Scale = "linear" | "log";

/** An axis as a person reads it: labels at places, and everything between by the rule. */
export class PaintedAxis {
  /** The labelled ticks, as `[px, value]`. */
  readonly ticks: readonly (readonly [number, number])[];
  readonly scale: Scale;

  constructor(ticks: readonly (readonly [number, number])[], scale: Scale) {
    expect(ticks.length, "an axis has two labels at least").toBeGreaterThan(1);
    this.ticks = ticks;
    this.scale = scale;
    for (const [px, value] of ticks) {
      // Ticks lie on whole device pixels.
      expect(Math.abs(this.px(value) - px), `the tick ${value}`).toBeLessThanOrEqual(1);
    }
  }

  /** Where a value lies, from the two outermost labels. */
  px(value: number): number {
    const [[fromPx, from], [toPx, to]] = this.#ends();
    const step = (this.#along(value) - this.#along(from)) / (this.#along(to) - this.#along(from));
    return fromPx + step * (toPx - fromPx);
  }

  /** Whether a value lies between the outermost labels, which may stand at the edge of the figure. */
  covers(value: number): boolean {
    const [[, from], [, to]] = this.#ends();
    return value > Math.min(from, to) && value < Math.max(from, to);
  }

  #ends(): [readonly [number, number], readonly [number, number]] {
    return [this.ticks[0] ?? [NaN, NaN], this.ticks.at(-1) ?? [NaN, NaN]];
  }

  #along(value: number): number {
    return this.scale === "log" ? Math.log10(value) : value;
  }
}

/** The two axes of a figure, from what is written on it, with their titles. */
export async function axesOf(
  figure: Locator,
  scales: { x: Scale; y: Scale },
): Promise<{ x: PaintedAxis; y: PaintedAxis; titles: string[] }> {
  const words = await wordsOn(figure);
  const at = (anchor: string) => words.filter((it) => it.anchor === anchor);
  const below = at("center top");
  const labelsTop = Math.min(...below.map((it) => it.y));
  const alongX = below.filter((it) => it.y === labelsTop);
  const xFactor = factorOf(at("right top"));
  const x = alongX.map((it) => [it.x, numberOf(it.text) * xFactor] as const);
  const left = Math.min(...at("left bottom").map((it) => it.x));
  const yFactor = factorOf(at("left bottom").filter((it) => it.x === left && isBeside(it, words)));
  const y = at("right middle").map((it) => [it.y, numberOf(it.text) * yFactor] as const);
  const titles = [...below.filter((it) => it.y > labelsTop), ...at("upward")].map((it) => it.text);
  return { x: new PaintedAxis(x, scales.x), y: new PaintedAxis(y, scales.y), titles };
}

/** Whether a power of ten stands above the labels of the left axis, and not above the colour bar. */
function isBeside(factor: Words, words: Words[]): boolean {
  const labels = words.filter((it) => it.anchor === "right middle");
  return labels.some((label) => Math.abs(label.x - factor.x) < 20);
}

function factorOf(words: Words[]): number {
  const factor = words.find((it) => it.text.startsWith("×10"));
  return factor === undefined ? 1 : numberOf(`1${factor.text}`);
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The number that a label says: `0.25`, `-3`, `10⁴`, `2×10⁻³`. */
function numberOf(label: string): number {
  const plain = label.replace("−", "-");
  const power = /10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(plain);
  if (power === null) return Number(plain);
  const digits = [...(power[1] ?? "")].map((it) => (it === "⁻" ? "-" : SUPERSCRIPTS.indexOf(it)));
  const mantissa = plain.slice(0, power.index).replace("×", "");
  return Number(`${mantissa === "" ? "1" : mantissa}e${digits.join("")}`);
}
