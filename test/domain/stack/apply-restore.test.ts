import { describe, expect, it } from '@jest/globals';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { readAgain } from '../fakes/seed.ts';
import { aClaimedStack } from '../fakes/stack-record.ts';
import { aStack, parameters } from '../fakes/stacks.ts';
import { worldWith, back, tokenOf, restoring } from './apply-world.ts';

describe('apply restore', () => {
  const touched = (over: Partial<StackRecord> = {}) => aClaimedStack({ status: 'restoring', touched: true, ...over });
  const afterForward = touched({
    operation: { requestToken: 'ar-f1', direction: 'forward', attempt: 1, startedAt: '2026-11-22T11:00:00.000Z' },
  });

  it('puts the previous value back as an operation of its own, from what the stack is now', async () => {
    const { world, record } = await worldWith(afterForward, restoring);
    const now = aStack({ parameters: parameters(newImage) });
    world.stacks.put(now);
    await back(world, record);
    expect(world.stacks.updates).toEqual([
      { stack: now, parameter: 'ImageId', value: oldImage, requestToken: expect.stringMatching(/-r2$/) },
    ]);
    expect(await readAgain(world, record)).toMatchObject({ operation: { direction: 'restore', attempt: 2 } });
  });

  it('completes at once where CloudFormation has put the image back by itself', async () => {
    const { world, record } = await worldWith(afterForward, restoring);
    world.stacks.put(aStack({ status: 'UPDATE_ROLLBACK_COMPLETE' }));
    await back(world, record);
    expect(world.stacks.updates).toEqual([]);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { changed: false } }]);
  });

  it('continues a rollback that failed, and its end counts as success', async () => {
    const { world, record } = await worldWith(afterForward, restoring);
    world.stacks.put(aStack({ status: 'UPDATE_ROLLBACK_FAILED', parameters: parameters(newImage) }));
    await back(world, record);
    const token = await tokenOf(world, record);
    expect(world.stacks.calls).toContain(`continueRollback ${token}`);
    expect(world.stacks.updates).toEqual([]);
    expect(await findWait(world, token)).toMatchObject({ context: { continuesRollback: true } });
  });

  it.each(['running', 'promoted', 'closed'] as const)(
    'writes nothing to a stack that is done while the campaign is %s',
    async (phase) => {
      const { world, record } = await worldWith(touched({ status: 'done' }), { phase });
      await expect(back(world, record)).rejects.toMatchObject({ name: 'Fenced' });
      expect(world.stacks.updates).toEqual([]);
    },
  );

  it('writes within the budget while the campaign goes on', async () => {
    const { world, record } = await worldWith(afterForward);
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    await back(world, record);
    expect(world.stacks.updates).toMatchObject([{ value: oldImage }]);
  });

  it('stops where the stack was deleted in the meantime', async () => {
    const { world, record } = await worldWith(afterForward, restoring);
    world.stacks.remove(record.stackId);
    await expect(back(world, record)).rejects.toMatchObject({ name: 'ForeignChange' });
    expect(world.stacks.updates).toEqual([]);
  });
});
