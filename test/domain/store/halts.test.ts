import { describe, expect, it } from '@jest/globals';
import { haltedBy } from '../../../domain/store/halts.ts';
import { keys } from '../../../domain/store/keys.ts';
import { aHalt } from '../fakes/halt.ts';
import { aWorld } from '../fakes/world.ts';

const halted = 'halted by ana: fire (put back at 2026-11-23T12:00:00.000Z if nobody resumes)';

describe('haltedBy', () => {
  it.each([
    ['*', halted],
    ['campaign-1', halted],
    ['campaign-2', null],
  ])('of campaign-1, where %s is halted, is %j', async (scope, expected) => {
    const world = aWorld();
    await world.table.put(keys.halt(scope), aHalt());
    expect(await haltedBy(world, 'campaign-1')).toBe(expected);
  });
});
