import { clockTime } from '../terminal/duration.ts';
import { fit } from '../terminal/fit.ts';
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

/** A line of the timeline as it is printed: `+00:25:01  ✓ Inspector Scan            passed after 25 min`. */
export const timelineLine = ({ at, what, note, tone }: TimelineLine, { columns, colors }: Terminal): string => {
  const time = clockTime(at);
  const paint = painter(tone, colors);
  const text = `${symbols[tone]} ${what.padEnd(width)} ${note}`.trimEnd();
  return `${colors.dim(time)}  ${paint(fit(text, columns === null ? null : columns - time.length - 2))}\n`;
};
