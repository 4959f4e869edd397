import { describe, expect, it } from '@jest/globals';
import { settleUpdate } from '../../../domain/stack/settle-update.ts';
import { findWait, storeWait } from '../../../domain/store/waits.ts';
import { seedStack } from '../fakes/seed.ts';
import { aClaimedStack } from '../fakes/stack-record.ts';
import { aStack } from '../fakes/stacks.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld } from '../fakes/world.ts';

const waiting = async (over: Parameters<typeof aWait>[0] = {}) => {
  const world = aWorld();
  await seedStack(world, aClaimedStack({ touched: true }));
  world.stacks.put(aStack());
  await storeWait(world, aWait(over));
  const wait = (await findWait(world, aWait(over).key))!;
  return { world, wait };
};
const continues = { context: { requestToken: 'ar-operation-f1', ring: 'canary', continuesRollback: true } };

describe('settleUpdate', () => {
  it.each([
    ['UPDATE_COMPLETE', {}, { output: { changed: true } }],
    ['UPDATE_COMPLETE', continues, { output: { changed: true } }],
    ['UPDATE_ROLLBACK_COMPLETE', continues, { output: { changed: true } }],
    ['UPDATE_ROLLBACK_COMPLETE', {}, { error: 'UpdateFailed', cause: 'said so' }],
    ['UPDATE_ROLLBACK_FAILED', {}, { error: 'RollbackFailed', cause: 'said so' }],
    ['UPDATE_ROLLBACK_FAILED', continues, { error: 'RollbackFailed', cause: 'said so' }],
    ['UPDATE_FAILED', {}, { error: 'UpdateFailed', cause: 'said so' }],
  ])('ends the wait at %s (%j)', async (status, over, result) => {
    const { world, wait } = await waiting(over);
    expect(await settleUpdate(world, wait, status, 'said so')).toBe(true);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', ...result }]);
    expect(await findWait(world, wait.key)).toBeUndefined();
  });

  it.each([
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'DELETE_COMPLETE',
  ])('goes on waiting at %s', async (status) => {
    const { world, wait } = await waiting();
    expect(await settleUpdate(world, wait, status, '')).toBe(false);
    expect(world.executions.completed).toEqual([]);
    expect(await findWait(world, wait.key)).toEqual(wait);
  });

  it.each([
    ['the first failed event', 'Group: no capacity', 'said so', 'Group: no capacity'],
    ["the status's reason where no event failed", '', 'said so', 'said so'],
    ['the status where nobody says anything', '', '', 'UPDATE_FAILED'],
  ])('gives %s as the cause', async (_what, cause, statusReason, expected) => {
    const { world, wait } = await waiting();
    world.stacks.cause = cause;
    await settleUpdate(world, wait, 'UPDATE_FAILED', statusReason);
    expect(world.executions.completed).toMatchObject([{ cause: expected }]);
  });

  it('completes the task once, however often the event comes', async () => {
    const { world, wait } = await waiting();
    await settleUpdate(world, wait, 'UPDATE_COMPLETE', '');
    expect(await settleUpdate(world, wait, 'UPDATE_COMPLETE', '')).toBe(true);
    expect(world.executions.completed).toHaveLength(1);
  });

  it('forgets the wait of a task that nobody waits for any more', async () => {
    const { world, wait } = await waiting();
    world.executions.abandon('token-1');
    expect(await settleUpdate(world, wait, 'UPDATE_ROLLBACK_COMPLETE', '')).toBe(true);
    expect(await findWait(world, wait.key)).toBeUndefined();
  });

  it('keeps a wait that has been bound to another token since it was read', async () => {
    const { world, wait } = await waiting();
    await storeWait(world, aWait({ taskToken: 'token-2' }));
    await settleUpdate(world, wait, 'UPDATE_COMPLETE', '');
    expect(await findWait(world, wait.key)).toMatchObject({ taskToken: 'token-2' });
  });

  it('keeps the wait where the completion failed for another reason than a task that is gone', async () => {
    const { world, wait } = await waiting();
    const executions = { ...world.executions, succeed: () => Promise.reject(new Error('no network')) };
    await expect(settleUpdate({ ...world, executions }, wait, 'UPDATE_COMPLETE', '')).rejects.toThrow('no network');
    expect(await findWait(world, wait.key)).toEqual(wait);
  });
});
