import { describe, expect, it } from '@jest/globals';
import { rememberedKeys } from '../../../domain/store/key-answers.ts';
import { here } from '../fakes/names.ts';
import { aWorld } from '../fakes/world.ts';

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const elsewhere = { account: '100000000009', region: 'eu-west-1' };

describe('rememberedKeys', () => {
  it('asks once for each target and image or key, whoever asks in the campaign', async () => {
    const world = aWorld();
    for (const keys of [rememberedKeys(world, 'c-1'), rememberedKeys(world, 'c-1')]) {
      expect(await keys.ofImage(here, 'ami-1')).toEqual([arn]);
      expect(await keys.find(here, arn)).toEqual({ state: 'Enabled', managedByAws: false });
      await keys.find(elsewhere, arn);
      await keys.ofImage(here, 'ami-2');
    }
    expect(world.keys.calls).toHaveLength(4);
    await rememberedKeys(world, 'c-2').find(here, arn);
    expect(world.keys.calls).toHaveLength(5);
  });

  it.each(['refused', 'missing'] as const)('remembers that a key was %s', async (answer) => {
    const world = aWorld();
    world.keys.seen[here.account] = answer;
    const keys = rememberedKeys(world, 'c-1');
    const first = await keys.find(here, arn);
    expect(first).toBe(answer === 'missing' ? undefined : answer);
    expect(await keys.find(here, arn)).toBe(first);
    expect(world.keys.calls).toHaveLength(1);
  });

  it('asks again after ten minutes, so that a mended key counts', async () => {
    const world = aWorld();
    const keys = rememberedKeys(world, 'c-1');
    world.keys.seen[here.account] = { state: 'Disabled', managedByAws: false };
    expect(await keys.find(here, arn)).toMatchObject({ state: 'Disabled' });
    world.keys.seen[here.account] = { state: 'Enabled', managedByAws: false };
    world.clock.advance(9.9);
    expect(await keys.find(here, arn)).toMatchObject({ state: 'Disabled' });
    world.clock.advance(0.2);
    expect(await keys.find(here, arn)).toMatchObject({ state: 'Enabled' });
  });
});
