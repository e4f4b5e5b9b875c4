// A real broker, fed by the facility's own encoder: what was sent is what a person reads.

import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test as base } from "../support/fixtures.ts";
import { Broker, Producer } from "../support/kafka.ts";
import { axesOf, watchWords } from "../support/painted.ts";
import { numbersIn } from "../support/readings.ts";

const IMAGE = "Panel 0, since start";
/** Pulses of a second. */
const SECOND = 14;
/** Pixels of the panel from edge to edge. */
const SIDE = 128;

interface Kafka {
  broker: Broker;
  /** Fed by nobody yet, its topics exist. */
  producer: Producer;
}

const test = base.extend<Kafka>({
  broker: async ({}, use) => {
    const broker = await Broker.start();
    await use(broker);
    await broker.dispose();
  },
  producer: async ({ broker }, use) => {
    const producer = await Producer.start(broker);
    await use(producer);
    await producer.dispose();
  },
  flags: async ({ broker, producer: _ }, use) =>
    use(["--kafka", broker.address, "--instrument", "dummy"]),
});

test.beforeEach(async ({ request }) => {
  const source = async () => (await new Api(request).source()).state;
  await expect.poll(source).toBe("running");
});

test("the picture is what was sent", async ({ page, request, producer }) => {
  const { picture, pulses } = await producer.send(2 * SECOND);
  await watchWords(page);
  const dashboard = await visit(page);
  const cell = dashboard.cell(IMAGE);
  const expected = picture.map((count) => count * pulses);
  await expect.poll(() => values(request, cell)).toEqual(expected);

  // A pixel of each part of the pattern, and one where nothing was sent.
  for (const [column, row, count] of [[20, 30, 2], [20, 90, 2], [70, 30, 1], [100, 92, 3], [64, 64, 0]] as const) {
    expect(picture[row * SIDE + column]).toBe(count);
    // The newest picture may be on its way to the page.
    const told = async () => {
      const { x, y } = await axesOf(dashboard.figure(cell), { x: "linear", y: "linear" });
      const readout = await dashboard.readoutAt(cell, [x.px(column), y.px(row)]);
      return numbersIn(readout)[2];
    };
    await expect.poll(told).toBe(count * pulses);
  }
});

test("totals, spectra and devices are what was sent", async ({ page, request, producer }) => {
  const { picture, spectrum, position, pulses } = await producer.send(2 * SECOND);
  const dashboard = await visit(page);
  const counts = dashboard.cell("Panel 0 counts");
  await expect.poll(async () => sum(await values(request, counts))).toBe(sum(picture) * pulses);
  const newest = (await values(request, counts)).at(-1);
  await expect.poll(() => dashboard.tellsOfNewest(counts, newest)).toBe(true);
  const monitors = dashboard.cell("Beam monitors, since start");
  await expect
    .poll(async () => sum(await values(request, monitors)))
    .toBeCloseTo(sum(spectrum) * pulses, 6);

  await dashboard.show("Beam & environment");
  const stage = dashboard.cell("Sample stage x");
  await expect.poll(async () => (await values(request, stage)).at(-1)).toBe(position);
  await expect.poll(() => dashboard.tellsOfNewest(stage, position)).toBe(true);
  await expect(stage.getByTestId("readout")).toHaveText(new RegExp(` ${position} mm$`));
});

test("a job that cannot use a message says so, and recovers with the next", async ({
  page,
  producer,
}) => {
  await producer.send(SECOND);
  await visit(page, "/workflows");
  const job = page.getByTestId("job").and(page.locator("[data-source=monitor2]"));
  await expect(job).toHaveAttribute("data-state", "running");
  await producer.sendNonsense();
  await expect(job).toHaveAttribute("data-state", "error");
  await expect(job).toContainText("the histogram's signal");
  await producer.send(SECOND);
  await expect(job).toHaveAttribute("data-state", "running");
});

test("a broker that dies is told of, and when it is back the picture goes on", async ({
  page,
  request,
  broker,
  producer,
}) => {
  const before = await producer.send(SECOND);
  const dashboard = await visit(page, "/status");
  const source = page.getByTestId("source");
  await expect(source).toHaveAttribute("data-state", "running");
  await broker.kill();
  await expect(source).toHaveAttribute("data-state", "degraded");
  await expect(source).toContainText(broker.address);

  await broker.start();
  const fresh = await Producer.start(broker);
  await expect(source).toHaveAttribute("data-state", "running", { timeout: 30_000 });
  const after = await fresh.send(SECOND);
  await fresh.dispose();
  await dashboard.show("Detectors");
  const expected = before.picture.map((count) => count * (before.pulses + after.pulses));
  await expect.poll(() => values(request, dashboard.cell(IMAGE))).toEqual(expected);
});

/** Opens a page; its cells may wait, for not every stream is fed. */
async function visit(page: Page, address = "/"): Promise<Dashboard> {
  await page.goto(address);
  const dashboard = new Dashboard(page);
  await expect(dashboard.connection).toHaveAttribute("data-state", "live");
  return dashboard;
}

/** The values of a cell's first array, as scripts get them. */
async function values(request: APIRequestContext, cell: Locator): Promise<number[]> {
  const [array] = await new Api(request).dataOf(cell);
  return array?.values.map((value) => value ?? NaN) ?? [];
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
