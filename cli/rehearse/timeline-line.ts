import { clockTime } from '../terminal/duration.ts';
import { fit, wrap } from '../terminal/fit.ts';
import type { Colors, Terminal } from '../terminal/terminal.ts';

/** How a line of the timeline is meant. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad' | 'person' | 'quiet';

/** One thing that happened. */
export interface TimelineLine {
  /** Virtual milliseconds since the start. */
  readonly at: number;
  /** Who or what: a state as the console calls it, a stack. */
  readonly what: string;
  readonly note: string;
  readonly tone: Tone;
}

const symbols: Record<Tone, string> = { plain: '·', good: '✓', warning: '↶', bad: '✗', person: '☞', quiet: '·' };

const painter = (tone: Tone, colors: Colors): ((text: string) => string) =>
  ({
    plain: String,
    good: colors.green,
    warning: colors.yellow,
    bad: (text: string) => colors.bold(colors.red(text)),
    person: colors.cyan,
    quiet: colors.dim,
  })[tone];

const width = 25;
const indent = ' '.repeat(15);
/** Lines that a failure may take for its reason; the table and the report have it whole. */
const mostReasonLines = 3;

/** The reason of a failure that has no room on its line, on lines of its own. */
const reasonBelow = (note: string, columns: number): [string, string[]] => {
  const [head = '', ...rest] = note.split(': ');
  const lines = wrap(rest.join(': '), columns - indent.length);
  const last = lines.slice(mostReasonLines - 1).join(' ');
  return [head, [...lines.slice(0, mostReasonLines - 1), fit(last, columns - indent.length)]];
};

/** A line of the timeline as it is printed: `+00:25:01  ✓ Inspector Scan            passed after 25 min`. */
export const timelineLine = ({ at, what, note, tone }: TimelineLine, { columns, colors }: Terminal): string => {
  const time = clockTime(at);
  const paint = painter(tone, colors);
  const lineOf = (words: string) => `${symbols[tone]} ${what.padEnd(width)} ${words}`.trimEnd();
  const room = columns === null ? Infinity : columns - time.length - 2;
  const tooLong = tone === 'bad' && lineOf(note).length > room;
  const [words, reason] = tooLong && columns !== null ? reasonBelow(note, columns) : [note, []];
  const first = `${colors.dim(time)}  ${paint(fit(lineOf(words), room))}`;
  return [first, ...reason.map((line) => colors.red(`${indent}${line}`)), ''].join('\n');
};
