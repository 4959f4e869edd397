import type { StackSummary } from '../../../rehearsal/report/rehearsal-report.ts';
import { plural } from '../../terminal/plural.ts';
import { isException } from '../select-stacks.ts';
import type { Tone } from '../timeline-line.ts';
import type { RecordedStack, StackSpan } from './recording.ts';

/** A row of a ring: one stack, or all stacks of a target. */
export interface StackRow {
  readonly title: string;
  /** Account and region of one stack; empty where the title says it. */
  readonly place: string;
  readonly end: string;
  readonly tone: Tone;
  /** One stack's goes at it. */
  readonly spans: readonly StackSpan[];
  /** Many stacks': drawn by how many are in work. */
  readonly many: boolean;
}

/** The rows of a ring and what they leave out. */
export interface RingRows {
  readonly rows: readonly StackRow[];
  readonly note: string | null;
}

/** Rings of up to so many stacks are shown stack by stack. */
const wholeUpTo = 60;
const mostExceptions = 40;
const mostTargets = 60;

const tones: Readonly<Record<string, Tone>> = {
  done: 'good',
  restored: 'warning',
  failed: 'bad',
  quarantined: 'bad',
  skipped: 'quiet',
};

const keyOf = ({ account, region, stack }: Pick<StackSummary, 'account' | 'region' | 'stack'>): string =>
  `${account}/${region}/${stack}`;

const rowOf = (summary: StackSummary, recorded: ReadonlyMap<string, RecordedStack>): StackRow => ({
  title: summary.stack,
  place: `${summary.account}/${summary.region}`,
  end: summary.status === 'skipped' && summary.reason !== '' ? summary.reason : summary.status,
  tone: tones[summary.status] ?? 'bad',
  spans: recorded.get(keyOf(summary))?.spans ?? [],
  many: false,
});

const countsOf = (stacks: readonly StackSummary[]): string =>
  [...Map.groupBy(stacks, ({ status }) => status)]
    .map(([status, those]) => `${those.length.toLocaleString('en-US')} ${status}`)
    .join(', ');

const targetRow = (
  [target, stacks]: readonly [string, readonly StackSummary[]],
  recorded: ReadonlyMap<string, RecordedStack>,
): StackRow => ({
  title: target,
  place: '',
  end: countsOf(stacks),
  tone: stacks.every(({ status }) => status === 'done') ? 'good' : stacks.some(isException) ? 'warning' : 'quiet',
  spans: stacks.flatMap((stack) => recorded.get(keyOf(stack))?.spans ?? []),
  many: true,
});

/** A ring's rows: its stacks, or in a large ring those to look at, and the others by target. Never more than about a hundred. */
export const ringRows = (stacks: readonly StackSummary[], recorded: ReadonlyMap<string, RecordedStack>): RingRows => {
  if (stacks.length <= wholeUpTo) return { rows: stacks.map((stack) => rowOf(stack, recorded)), note: null };
  const exceptions = stacks.filter(isException);
  const targets = [...Map.groupBy(stacks, ({ account, region }) => `${account}/${region}`)];
  const left = [
    ...(exceptions.length > mostExceptions
      ? [plural(exceptions.length - mostExceptions, 'more stack') + ' to look at']
      : []),
    ...(targets.length > mostTargets ? [plural(targets.length - mostTargets, 'more target')] : []),
  ];
  return {
    rows: [
      ...exceptions.slice(0, mostExceptions).map((stack) => rowOf(stack, recorded)),
      ...targets.slice(0, mostTargets).map((target) => targetRow(target, recorded)),
    ],
    note: left.length === 0 ? null : `${left.join(' and ')}: rehearse --json lists every stack.`,
  };
};
