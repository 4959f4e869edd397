import type { Billed } from '../../rehearsal/report/cost.ts';
import { looks, sum, type Work } from './work.ts';

/** One look: Wait, the Lambda task, Choice. */
const look = { transitions: 3, historyEvents: 9, milliseconds: 250 } as const;

/** States of one stack besides its looks: start of the child, Claim, its Choice, Apply, Record. */
const otherTransitions = 5;

/** Events of one stack that our machine waits for, each a forwarded event and an invocation that settles it. */
const tokensPerStack = 2;

/** A token is stored and forgotten; each write is one of the item and one of the index. */
const writesPerToken = 4;

/**
 * The same campaign if each stack's child polled: Wait, Lambda, Choice until the update is over, then until its instances
 * are counted right. It is charged what our run was counted at, less what only waiting by token needs (token records, the
 * invocations of the event handlers with the events), plus its looks. Favours polling where in doubt: instances are right
 * at the first look, nothing is throttled, and a look costs one DescribeStacks call of 100 ms.
 */
export const polling = (counted: Billed, work: Work, intervalSeconds: number): Billed => {
  const stacks = work.updateSeconds.length;
  const total = sum(work.updateSeconds.map((seconds) => looks(seconds, intervalSeconds) + 1));
  const eventInvocations = Math.min(counted.forwardedEvents, counted.invocations);
  const perInvocation = counted.invocations === 0 ? 0 : counted.lambdaMilliseconds / counted.invocations;
  return {
    ...counted,
    transitions: stacks * otherTransitions + look.transitions * total,
    invocations: counted.invocations - eventInvocations + total,
    lambdaMilliseconds: counted.lambdaMilliseconds - eventInvocations * perInvocation + total * look.milliseconds,
    tableWrites: Math.max(0, counted.tableWrites - stacks * tokensPerStack * writesPerToken),
    forwardedEvents: 0,
  };
};

/** History events of the child of the stack that takes longest; the limit is 25,000. */
export const pollingHistory = (work: Work, intervalSeconds: number): number =>
  Math.max(0, ...work.updateSeconds.map((seconds) => look.historyEvents * (looks(seconds, intervalSeconds) + 1)));

/** DescribeStacks calls per second in one target that has so many stacks in flight; the bucket gives 5. */
export const pollingRate = (inFlight: number, intervalSeconds: number): number => inFlight / intervalSeconds;
