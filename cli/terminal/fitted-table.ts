import { stripVTControlCharacters } from 'node:util';
import { wrap } from './fit.ts';
import { plainTable } from './plain-table.ts';
import type { Terminal } from './terminal.ts';

/** A last column that is narrower than this is no pleasure to read. */
const leastText = 24;
const gap = 2;

/** One row below the other, a line for each value: for terminals that are narrower than the table. */
const stacked = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { colors }: Terminal,
  columns: number,
): string => {
  const width = Math.max(...head.map(({ length }) => length));
  return rows
    .map((row) =>
      row
        .flatMap((value, index) => {
          const name = head[index] ?? '';
          if (index === 0) return [colors.bold(value)];
          if (value === '') return [];
          // What has colours is short: a word of state.
          const lines = stripVTControlCharacters(value) === value ? wrap(value, columns - width - 4) : [value];
          return lines.map((line, at) => `  ${colors.dim((at === 0 ? name : '').padEnd(width))}  ${line}`);
        })
        .join('\n'),
    )
    .join('\n');
};

/**
 * Rows as a table that is no wider than the terminal: the text in its last column is broken, and where that is not
 * enough, each row becomes some lines. Where there is no terminal lines may be of any length.
 */
export const fittedTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): string => {
  const { columns, colors } = terminal;
  const widths = head.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => stripVTControlCharacters(row[index] ?? '').length)),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap, 0);
  const text = widths.at(-1) ?? 0;
  const room = columns === null ? text : Math.min(text, columns - before);
  if (columns !== null && room < Math.min(text, leastText)) return `${stacked(head, rows, terminal, columns)}\n`;
  const table = plainTable(head, colors);
  for (const row of rows) {
    const last = row.at(-1) ?? '';
    table.push([...row.slice(0, -1), room < text ? wrap(last, room).join('\n') : last]);
  }
  return `${table.toString().replaceAll(/ +$/gm, '')}\n`;
};
