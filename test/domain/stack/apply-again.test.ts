import { describe, expect, it } from '@jest/globals';
import { StackBusy, Throttled } from '../../../domain/errors.ts';
import { settleUpdate } from '../../../domain/stack/settle-update.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { newImage } from '../fakes/names.ts';
import { readAgain } from '../fakes/seed.ts';
import { aStack, parameters } from '../fakes/stacks.ts';
import { worldWith, forward, tokenOf } from './apply-world.ts';

describe('apply again after its invocation died', () => {
  /** The first invocation's side effects are there, its answer is not. */
  const afterFirst = async (stackAfter = aStack({ status: 'UPDATE_IN_PROGRESS' })) => {
    const { world, record } = await worldWith();
    await forward(world, record);
    world.stacks.put(stackAfter);
    return { world, record, token: await tokenOf(world, record) };
  };

  it('binds the new task token and starts nothing while the operation runs', async () => {
    const { world, record, token } = await afterFirst();
    await forward(world, record, 'token-2');
    expect(await findWait(world, token)).toMatchObject({ taskToken: 'token-2' });
    expect(world.stacks.updates).toHaveLength(1);
    expect(world.executions.completed).toEqual([]);
    expect(await tokenOf(world, record)).toBe(token);
  });

  it('completes where the operation is over by then', async () => {
    const { world, record, token } = await afterFirst(aStack({ parameters: parameters(newImage) }));
    await forward(world, record, 'token-2');
    expect(world.executions.completed).toEqual([{ taskToken: 'token-2', output: { changed: true } }]);
    expect(world.stacks.updates).toHaveLength(1);
    expect(await findWait(world, token)).toBeUndefined();
  });

  it('has nothing left to do where the event comes between its token and its look', async () => {
    const { world, record, token } = await afterFirst(aStack());
    world.stacks.onFind = async () => {
      await settleUpdate(world, (await findWait(world, token))!, 'UPDATE_COMPLETE', '');
    };
    await forward(world, record, 'token-2');
    expect(world.executions.completed).toEqual([{ taskToken: 'token-2', output: { changed: true } }]);
    expect(world.stacks.updates).toHaveLength(1);
    expect(await findWait(world, token)).toBeUndefined();
  });

  it('leaves no operation behind where the retry meets a busy stack', async () => {
    const { world, record } = await worldWith();
    world.stacks.onUpdate = () => Promise.reject(new Throttled('slow down'));
    await expect(forward(world, record)).rejects.toThrow(Throttled);
    world.stacks.onUpdate = () => Promise.reject(new StackBusy('busy'));
    await expect(forward(world, record, 'token-2')).rejects.toThrow(StackBusy);
    expect(await readAgain(world, record)).toMatchObject({ operation: { attempt: 1, over: true } });
  });

  it('fails with the root cause where the operation has been rolled back by then', async () => {
    const { world, record } = await afterFirst(aStack({ status: 'UPDATE_ROLLBACK_COMPLETE' }));
    world.stacks.cause = 'Group: no capacity';
    await forward(world, record, 'token-2');
    expect(world.executions.completed).toEqual([
      { taskToken: 'token-2', error: 'UpdateFailed', cause: 'Group: no capacity' },
    ]);
    expect(world.stacks.updates).toHaveLength(1);
  });

  it('calls again under the same request token where the first call never arrived', async () => {
    const { world, record } = await worldWith();
    world.stacks.onUpdate = () => Promise.reject(new Throttled('slow down'));
    await expect(forward(world, record)).rejects.toThrow(Throttled);
    world.stacks.onUpdate = () => Promise.resolve(true);
    await forward(world, record, 'token-2');
    const [first, second] = world.stacks.updates;
    expect(second?.requestToken).toBe(first?.requestToken);
    expect((await readAgain(world, record)).operation?.attempt).toBe(1);
    expect(world.executions.completed).toEqual([]);
  });
});
