import { faultKinds, type FaultKind } from '../../aws/faults/fault.ts';
import type { Random } from '../../scenario/random.ts';
import type { FaultLine, StackLines } from '../scenario-file.ts';
import { chance, oneOf } from './draw.ts';

/** Handlers that a crash may look for; the others are struck by the number of the invocation. */
const struckHandlers = [
  ...['apply-image', 'apply-image', 'claim-stack', 'verify-instances', 'record-stack', 'settle-event', 'sweep'],
  ...['open-campaign', 'await-turn', 'resolve-images', 'inspector-scan', 'custom-gates', 'ask-custom-gate'],
  ...['answer-custom-gate', 'discover-stacks', 'plan-rings', 'await-window', 'close-ring', 'recheck-gates'],
  ...['approve-ring', 'confirm-approval', 'console', 'promote-image', 'report', 'after-execution', 'watch-findings'],
  ...['restore-previous-image', 'open-restore', 'restore-promotion', 'list-touched-stacks', 'close-restore'],
  ...['keep-images', 'end-gate-instances', 'write-image-tags'],
];
const services = ['cloudformation', 'autoscaling', 'ec2', 'ssm', 's3', 'cloudwatch', 'inspector2', 'kms'];

/** Dies after all of its calls, or before one of them: before the first, or between any two. */
const crashOf = (random: Random, kind: 'handlerCrash' | 'handlerTimeout'): FaultLine => {
  const times = chance(random, 0.2) ? random.between(2, 8) : 1;
  const atCall = chance(random, 0.7) ? { atCall: random.between(1, 12) } : {};
  if (chance(random, 0.4)) return { kind, nth: random.between(1, 120), times, ...atCall };
  return { kind, handler: oneOf(random, struckHandlers), nth: random.between(1, 6), times, ...atCall };
};

const withoutStack: ReadonlySet<FaultKind> = new Set([
  'promoteFails',
  'findingAfterEnd',
  'previousGone',
  'holdRefused',
  'approvalForged',
  'approvalStale',
  'approvalDoubled',
]);

/** One stack, or several of a ring in a row. */
const struck = (random: Random, stacks: readonly StackLines[], rings: readonly string[]): object => {
  if (chance(random, 0.7)) return { stack: oneOf(random, stacks).name };
  const ring = chance(random, 0.7) ? { ring: oneOf(random, rings) } : {};
  return { ...ring, nth: random.between(1, 3), times: random.between(1, 3) };
};

const faultOf = (random: Random, stacks: readonly StackLines[], rings: readonly string[]): FaultLine => {
  const kind = oneOf(random, faultKinds);
  if (kind === 'handlerCrash' || kind === 'handlerTimeout') return crashOf(random, kind);
  if (withoutStack.has(kind)) return { kind };
  const where = struck(random, stacks, rings);
  if (kind === 'clockSkew') return { kind, ...where, minutes: random.between(-5, 5) };
  if (kind !== 'regionOutage' && kind !== 'serviceOutage' && kind !== 'stackBusyAtUpdate') return { kind, ...where };
  const direction = chance(random, 0.3) ? { direction: 'restore' } : {};
  if (kind === 'stackBusyAtUpdate') return { kind, ...where, ...direction };
  const service = kind === 'serviceOutage' ? { service: oneOf(random, services) } : {};
  return { kind, ...where, ...service, ...direction, minutes: random.between(1, 60) };
};

/** So many stacks of one ring, or of one account, that its budget is just kept, or just not. */
const burstOf = (random: Random, stacks: readonly StackLines[], rings: readonly string[]): readonly FaultLine[] => {
  const kind = oneOf<FaultKind>(random, ['updateFails', 'updateFails', 'instancesUnhealthy']);
  const times = random.between(1, 3);
  if (chance(random, 0.5)) return [{ kind, ring: oneOf(random, rings), nth: random.between(1, 2), times }];
  const account = oneOf(random, stacks)['account'];
  return stacks.flatMap((stack) => (stack['account'] === account ? [{ kind, stack: stack.name }] : [])).slice(0, times);
};

/** Several things that go wrong at once; or one; or nothing. */
export const generateFaults = (
  random: Random,
  stacks: readonly StackLines[],
  rings: readonly string[],
): readonly FaultLine[] => {
  const faults = Array.from({ length: oneOf(random, [0, 1, 1, 2, 2, 3, 4, 6]) }, () => faultOf(random, stacks, rings));
  return chance(random, 0.2) ? [...faults, ...burstOf(random, stacks, rings)] : faults;
};
