import Table from 'cli-table3';
import type { Colors } from './terminal.ts';

const edges = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
const lines = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];

/** The options of a table without lines: two spaces between its columns. */
export const plainStyle = {
  chars: { ...Object.fromEntries([...edges, ...lines].map((name) => [name, ''])), middle: '  ' },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

/** A table without lines, as wide as what is in it. */
export const plainTable = (head: readonly string[], colors: Colors): Table.Table =>
  new Table({ head: head.map(colors.bold), ...plainStyle });
