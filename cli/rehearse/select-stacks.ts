import type { StackSummary } from '../../rehearsal/report/rehearsal-report.ts';

/** Fleets up to this size are shown whole. */
const wholeUpTo = 60;
const mostExceptions = 40;
const mostOthers = 5;

const severity = ['quarantined', 'failed', 'updating', 'verifying', 'restoring', 'holding', 'pending', 'restored'];
const ordinary = new Set(['done', 'skipped']);

/** A stack that somebody may want to know about: not done, and not left alone for an ordinary reason. */
export const isException = ({ status, reason }: StackSummary): boolean =>
  !ordinary.has(status) || (status === 'skipped' && reason !== 'current' && reason !== 'campaign ended');

const rank = ({ status }: StackSummary): number => {
  const found = severity.indexOf(status);
  return found < 0 ? severity.length : found;
};

/** The stacks to show, and what to say about the others. */
export interface SelectedStacks {
  readonly stacks: readonly StackSummary[];
  readonly note: string | null;
}

/** Of a large fleet, the exceptions, worst first, and a few of the others. */
export const selectStacks = (all: readonly StackSummary[]): SelectedStacks => {
  if (all.length <= wholeUpTo) return { stacks: all, note: null };
  const exceptions = all.filter(isException).sort((a, b) => rank(a) - rank(b));
  const others = all.filter((stack) => !isException(stack));
  const stacks = [...exceptions.slice(0, mostExceptions), ...others.slice(0, mostOthers)];
  const left = (all.length - stacks.length).toLocaleString('en-US');
  const leftExceptions = exceptions.length - mostExceptions;
  const which =
    leftExceptions > 0 ? `${leftExceptions.toLocaleString('en-US')} of them exceptions` : 'none of them an exception';
  return { stacks, note: `… and ${left} more, ${which}; --json has them all.` };
};
