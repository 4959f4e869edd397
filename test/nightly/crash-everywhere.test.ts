import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../rehearsal/simulate/simulate.ts';
import configuration from '../../rollout.config.ts';

const fleet = {
  accounts: 1,
  regions: ['eu-west-1'],
  stacks: [
    { name: 'canary-one', ring: 'canary', updateMinutes: 4 },
    { name: 'canary-two', ring: 'canary', mode: 'ssm', updateMinutes: 4 },
    { name: 'full-one', ring: 'full', updateMinutes: 4 },
    { name: 'full-two', ring: 'full', mode: 'ssm', updateMinutes: 6 },
    { name: 'full-three', ring: 'full', replacement: 'instanceRefresh', updateMinutes: 5 },
  ],
};
const alarm = { kind: 'alarm', ring: 'full' };

const forward = [
  'open-campaign',
  'resolve-images',
  'tag-check',
  'inspector-scan',
  'age-limit',
  'custom-gates',
  'await-turn',
  'discover-stacks',
  'plan-rings',
  'await-window',
  'claim-stack',
  'apply-image',
  'verify-instances',
  'record-stack',
  'settle-event',
  'close-ring',
  'recheck-gates',
  'approve-ring',
  'confirm-approval',
  'promote-image',
  'report',
];
const back = [
  'restore-previous-image',
  'open-restore',
  'restore-promotion',
  'list-touched-stacks',
  'claim-stack',
  'apply-image',
  'verify-instances',
  'record-stack',
  'settle-event',
  'close-restore',
  'report',
];
/** More than any invocation makes: those behind its last one strike nothing. */
const calls = Array.from({ length: 15 }, (_, index) => index + 1);

const matrix = (handlers: readonly string[]) =>
  handlers.flatMap((handler) => [1, 2].map((nth) => ({ handler, nth, kind: 'handlerCrash' })));

const endsAs = async (outcome: string, fault: object, others: readonly object[]): Promise<void> => {
  for (const atCall of [...calls, undefined]) {
    const struck = { ...fault, ...(atCall === undefined ? {} : { atCall }) };
    const ended = await simulate({ name: 'crash', fleet, faults: [...others, struck] }, configuration);
    expect({ struck, ...ended, checks: 0 }).toEqual({ struck, outcome, violations: [], checks: 0 });
  }
};

describe('a crash before any call of an invocation, or after its last one', () => {
  it.each(matrix(forward))('of $handler, time $nth, changes nothing in the end', (fault) =>
    endsAs('PROMOTED', fault, []),
  );

  it.each(matrix(back))('of $handler, time $nth on the way back, leaves nothing behind', ({ handler, ...fault }) => {
    const perStack = ['claim-stack', 'apply-image', 'verify-instances', 'record-stack'].includes(handler);
    return endsAs('RESTORED', { ...fault, handler, ...(perStack ? { direction: 'restore' } : {}) }, [alarm]);
  });
});
