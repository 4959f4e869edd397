import Table from 'cli-table3';
import type { StackSummary } from '../../rehearsal/report/rehearsal-report.ts';
import { plainStyle } from '../terminal/plain-table.ts';
import type { Colors, Terminal } from '../terminal/terminal.ts';
import { wrap } from '../terminal/fit.ts';
import { isException, selectStacks } from './select-stacks.ts';
import { shortImages } from './short-image.ts';
import { statusColor } from './status-color.ts';

/** From this width on, every stack has one row with everything. */
const wideColumns = 150;

const imageOf = ({ before, after }: StackSummary): string =>
  before === after ? `${after} (as before)` : `${before} → ${after}`;

/** The same in 17 characters, where all parts of the stack agree. */
const shortImageOf = (stack: StackSummary): string => {
  const text = stack.before === stack.after ? `${stack.touched ? 'back on' : 'still'} ${stack.after}` : imageOf(stack);
  return shortImages(text).replaceAll('ami-…', '…');
};

const targetOf = ({ account, region }: StackSummary): string => `${account}/${region}`;

const widest = (texts: readonly string[], least: number): number =>
  Math.max(least, ...texts.map((text) => text.length));

/** One row a stack, the reason in the last column. */
const wideTable = (stacks: readonly StackSummary[], columns: number | null, colors: Colors): Table.Table => {
  const fixed = [
    widest(
      stacks.map(({ stack }) => stack),
      5,
    ),
    widest(stacks.map(targetOf), 14),
    widest(
      stacks.map(({ ring }) => ring),
      4,
    ),
    9,
    11,
    columns === null
      ? widest(
          stacks.map((stack) => imageOf(stack)),
          5,
        )
      : 45,
  ];
  const used = fixed.reduce((sum, width) => sum + width + 2, 0);
  const reasonWidth =
    columns === null
      ? widest(
          stacks.map(({ reason }) => reason),
          6,
        )
      : Math.max(20, columns - used);
  const head = ['stack', 'account/region', 'ring', 'mode', 'status', 'before → after', 'reason'];
  const table = new Table({
    head: head.map(colors.bold),
    ...plainStyle,
    colWidths: [...fixed, reasonWidth],
    wordWrap: columns !== null,
  });
  for (const stack of stacks) {
    const { stack: name, ring, mode, status, reason } = stack;
    table.push([name, targetOf(stack), ring, mode, statusColor(status, colors), imageOf(stack), reason]);
  }
  return table;
};

const reasonLines = (reason: string, columns: number): string[] =>
  wrap(shortImages(reason), columns - 14).map((line, index) => `${index === 0 ? '  ↳ ' : '    '}${line}`);

/** Grouped by ring; a reason has a row of its own. Fits 80 columns. */
const narrowTable = (stacks: readonly StackSummary[], columns: number, colors: Colors): Table.Table => {
  const target = widest(stacks.map(targetOf), 14);
  const name = Math.min(
    widest(
      stacks.map(({ stack }) => stack),
      5,
    ),
    Math.max(12, columns - target - 9 - 11 - 17 - 8),
  );
  const image = Math.max(14, columns - name - target - 9 - 11 - 8);
  const head = ['stack', 'account/region', 'mode', 'status', 'before → after'];
  const table = new Table({
    head: head.map(colors.bold),
    ...plainStyle,
    colWidths: [name, target, 9, 11, image],
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  const rings = new Set(stacks.map(({ ring }) => ring));
  for (const ring of rings) {
    table.push([{ colSpan: 5, content: colors.bold(`${ring} ring`) }]);
    for (const stack of stacks.filter((one) => one.ring === ring)) {
      const { stack: own, mode, status, reason } = stack;
      table.push([own, targetOf(stack), mode, statusColor(status, colors), shortImageOf(stack)]);
      if (reason !== '' && (status !== 'skipped' || isException(stack)))
        table.push([{ colSpan: 5, content: reasonLines(reason, columns).map(colors.dim).join('\n') }]);
    }
  }
  return table;
};

/** The table of stacks: all of a small fleet, the exceptions of a large one. Empty text for no stacks. */
export const stackTable = (all: readonly StackSummary[], { columns, colors }: Terminal): string => {
  if (all.length === 0) return '';
  const { stacks, note } = selectStacks(all);
  const wide = columns === null || columns >= wideColumns;
  const table = wide ? wideTable(stacks, columns, colors) : narrowTable(stacks, columns, colors);
  const text = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  return `${text}\n${note === null ? '' : `${colors.dim(note)}\n`}`;
};
