/** A number as pages show it. */
export const digits = (value: number, most = 3): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: most });

/** US dollars; more places than two for what is a part of a cent. */
export const dollars = (value: number, places = 2): string => `$${value.toFixed(places)}`;

/** A table of Markdown; the second row is the line under the head. */
export const table = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
