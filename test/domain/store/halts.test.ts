import { describe, expect, it } from '@jest/globals';
import { haltedBy } from '../../../domain/store/halts.ts';
import { keys } from '../../../domain/store/keys.ts';
import { aWorld } from '../fakes/world.ts';

describe('haltedBy', () => {
  it.each([
    ['GLOBAL', 'halted by ana: fire'],
    ['campaign-1', 'halted by ana: fire'],
    ['campaign-2', null],
  ])('of campaign-1, where %s is halted, is %j', async (scope, expected) => {
    const world = aWorld();
    await world.table.put(keys.halt(scope), { by: 'ana', reason: 'fire' });
    expect(await haltedBy(world, 'campaign-1')).toBe(expected);
  });
});
