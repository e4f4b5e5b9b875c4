// What axe finds wrong with a page, one line each.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Rules broken, with the first element that breaks each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((it) => `${it.id}: ${it.nodes[0]?.html}`);
}
