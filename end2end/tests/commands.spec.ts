// Jobs are started and stopped by their buttons; a refusal says why.

import type { Page } from "@playwright/test";
import { Dashboard } from "../support/dashboard.ts";
import { expect, test } from "../support/fixtures.ts";

test("buttons stop and start a job, for every page", async ({ page, visitor }) => {
  await page.goto("/workflows");
  const other = await Dashboard.open(await visitor());
  const job = jobOf(page);
  await expect(job).toHaveAttribute("data-state", "running");
  await job.getByTestId("job-stop").click();
  await expect(job).toHaveAttribute("data-state", "stopped");
  const image = other.cell("Panel 0, since start");
  await expect(image).toHaveAttribute("data-mark", "stopped");
  await expect(job.getByTestId("job-stop")).toBeEnabled();

  await job.getByTestId("job-start").click();
  await expect(job).toHaveAttribute("data-state", "running");
  await expect(image).toHaveAttribute("data-mark", "live");
  await other.repaints(image);
});

test("a running job is begun anew by a second press only", async ({ page, request }) => {
  await page.goto("/workflows");
  const job = jobOf(page);
  await expect(job).toHaveAttribute("data-state", "running");
  interface Job {
    value: { id: { workflow: string }; number: number };
  }
  const generation = async () => {
    const answer = await request.get("/api/v1/workflows");
    const { jobs } = (await answer.json()) as { jobs: Job[] };
    const ours = jobs.find((it) => it.value.id.workflow === "dummy/panel_0_xy/1");
    return ours?.value.number ?? NaN;
  };
  const before = await generation();
  const start = job.getByTestId("job-start");
  await expect(start).toHaveText("Restart");
  await start.click();
  await expect(start).toHaveText("Discard all counts?");
  expect(await generation()).toBe(before);
  await start.click();
  await expect.poll(generation).not.toBe(before);
  await expect(start).toHaveText("Restart");
});

test("a refused command is told with its reason, until it is put away", async ({ page, faults }) => {
  await page.goto("/workflows");
  const job = jobOf(page);
  await expect(job).toHaveAttribute("data-state", "running");
  const detail = "no worker takes jobs now: try again later";
  await page.route("**/stop", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ status: 503, detail }),
    }),
  );
  const toast = page.getByTestId("toast");
  await faults.whileRequestsMayFail(async () => {
    await job.getByTestId("job-stop").click();
    await expect(toast).toContainText(`Could not stop panel_0: ${detail}`);
  });
  await expect(toast).toHaveAttribute("data-severity", "error");
  await expect(job).toHaveAttribute("data-state", "running");
  await expect(job.getByTestId("job-stop")).toBeEnabled();
  await toast.getByRole("button", { name: "Dismiss" }).click();
  await expect(toast).toHaveCount(0);
});

/** The panel's image, as a job. */
function jobOf(page: Page) {
  return page.locator('[data-workflow="dummy/panel_0_xy/1"]').getByTestId("job");
}
