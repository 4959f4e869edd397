import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { eachTarget } from '../../../domain/promotion/each-target.ts';
import { targetName } from '../../../domain/target.ts';

const inTargets = (count: number, each = 1) =>
  Array.from({ length: count * each }, (_, at) => ({ account: `${at % count}`, region: 'eu-west-1', at }));

describe('each target', () => {
  it('has one item of a target in work, and no more than twenty targets; the answers are in order', async () => {
    const busy = new Map<string, number>();
    let most = 0;
    const answers = await eachTarget(
      inTargets(50, 3),
      async (item) => {
        const name = targetName(item);
        expect(busy.has(name)).toBe(false);
        busy.set(name, item.at);
        most = Math.max(most, busy.size);
        for (let turns = item.at % 3; turns >= 0; turns -= 1) await setImmediate();
        busy.delete(name);
        return item.at;
      },
      { afterFailure: 'stop' },
    );
    expect(most).toBe(20);
    expect(answers).toEqual(inTargets(50, 3).map(({ at }) => at));
  });

  it.each([
    ['stop', 19],
    ['goOn', 99],
  ] as const)('throws a failure when what was under way has ended; the others: %s', async (afterFailure, expected) => {
    let ended = 0;
    const all = eachTarget(
      inTargets(50, 2),
      async ({ at }) => {
        if (at === 3) throw new Error('not there');
        await setImmediate();
        ended += 1;
      },
      { afterFailure },
    );
    await expect(all).rejects.toThrow('not there');
    expect(ended).toBe(expected);
  });
});
