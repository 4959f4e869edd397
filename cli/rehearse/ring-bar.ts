import type { Colors } from '../terminal/terminal.ts';
import { fit } from '../terminal/fit.ts';
import type { RingTally } from './ring-tally.ts';

/** Cells of each part; a part that exists keeps at least one cell, so that a single failure shows. */
const cellsOf = (counts: readonly number[], planned: number, width: number): number[] => {
  const cells = counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.floor((count * width) / planned))));
  let surplus = cells.reduce((sum, cell) => sum + cell, 0) - width;
  const largest = cells.indexOf(Math.max(...cells));
  for (; surplus > 0; surplus--) cells[largest] = (cells[largest] ?? 1) - 1;
  return cells;
};

/** A ring in one line: its name, a bar in the colours of its stacks' statuses, and the counts. */
export const ringBar = (
  tally: Pick<RingTally, 'name' | 'planned' | 'known' | 'words' | 'count'>,
  columns: number,
  colors: Colors,
): string => {
  const counts = `${tally.known}/${tally.planned}`.padStart(11);
  const words = fit(tally.words, Math.max(12, Math.floor(columns / 3)));
  const width = Math.max(8, columns - 14 - counts.length - 2 - Math.floor(columns / 3) - 1);
  const parts = [
    { count: tally.count('done'), paint: colors.green },
    { count: tally.count('restored') + tally.count('restoring'), paint: colors.yellow },
    { count: tally.count('skipped'), paint: colors.blue },
    { count: tally.count('failed') + tally.count('quarantined'), paint: colors.red },
  ];
  const cells = cellsOf(
    parts.map(({ count }) => count),
    Math.max(1, tally.planned),
    width,
  );
  const bar = parts.map(({ paint }, index) => paint('█'.repeat(cells[index] ?? 0))).join('');
  const rest = Math.max(0, width - cells.reduce((sum, cell) => sum + cell, 0));
  return `  ${fit(tally.name, 11).padEnd(11)} ${bar}${colors.dim('░'.repeat(rest))}${counts}  ${words}`;
};
