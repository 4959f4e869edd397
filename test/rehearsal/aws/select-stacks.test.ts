import { describe, expect, it } from '@jest/globals';
import type { PlannedRing } from '../../../rehearsal/aws/faults/fault.ts';
import { selectStacks } from '../../../rehearsal/aws/faults/select-stacks.ts';

const planned = (name: string, account = '100000000001', region = 'eu-west-1') => ({
  stackId: `id-${name}`,
  account,
  region,
  name,
});
const rings: PlannedRing[] = [
  { name: 'canary', stacks: [planned('m', '100000000002'), planned('c')] },
  { name: 'full', stacks: [planned('b', '100000000001', 'us-east-1'), planned('a', '100000000002')] },
];
const names = (fault: object) =>
  selectStacks({ kind: 'updateFails', nth: 1, times: 1, ...fault }, rings).map(({ name }) => name);

describe('selectStacks', () => {
  it.each([
    [{}, ['c']],
    [{ nth: 2 }, ['b']],
    [{ nth: 2, times: 2 }, ['b', 'a']],
    [{ ring: 'full' }, ['b']],
    [{ ring: 'canary', times: 2 }, ['c', 'm']],
    [{ stack: 'a' }, ['a']],
  ])('%j strikes %j: account, region, name', (fault, expected) => expect(names(fault)).toEqual(expected));

  it('refuses what strikes nothing', () => {
    expect(() => names({ nth: 9 })).toThrow('no stack number 9 among the 4 of ring (all)');
    expect(() => names({ stack: 'zzz' })).toThrow('no stack zzz');
  });

  it('refuses to strike more stacks than there are', () => {
    expect(() => names({ ring: 'canary', times: 5 })).toThrow(
      'nth 1 and times 5 go past the 2 stacks of ring canary: at most times 2',
    );
  });
});
