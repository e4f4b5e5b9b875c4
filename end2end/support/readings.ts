// Numbers as the page writes them.

/** Whole and decimal numbers of a text; digits may be grouped by spaces of any width. */
export function numbersIn(text: string): number[] {
  const joined = text.replaceAll(/(?<=\d)[\u0020\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, "");
  return (joined.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}
