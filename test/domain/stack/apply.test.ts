import { describe, expect, it } from '@jest/globals';
import { StackBusy, Throttled } from '../../../domain/errors.ts';
import { apply } from '../../../domain/stack/apply.ts';
import { keys } from '../../../domain/store/keys.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { foreignImage, here, newImage } from '../fakes/names.ts';
import { readAgain, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aPrevious, aTask } from '../fakes/stack-record.ts';
import { aStack, parameters } from '../fakes/stacks.ts';
import { type World } from '../fakes/world.ts';
import { forwardToken, fresh, worldWith, forward, tokenOf, openRestore } from './apply-world.ts';

describe('apply forward', () => {
  it('changes the value of the one parameter and repeats what the claim has seen of the stack', async () => {
    const { world, record } = await worldWith();
    await forward(world, record);
    expect(world.stacks.updates).toEqual([
      {
        stack: { stackId: record.stackId, ...record.shape },
        parameter: 'ImageId',
        value: newImage,
        requestToken: expect.stringMatching(forwardToken),
      },
    ]);
    expect(world.stacks.calls).toEqual(['update']);
    expect(world.executions.completed).toEqual([]);
  });

  it('has stored operation, touch, trail and wait by the time CloudFormation is called', async () => {
    const { world, record } = await worldWith();
    let seen: unknown;
    world.stacks.onUpdate = async ({ requestToken }) => {
      const { touched, operation } = await readAgain(world, record);
      const [entry] = await trailOf(world, 'campaign-1', record.stackId);
      seen = { touched, operation, wait: await findWait(world, requestToken), evidence: entry?.evidence, requestToken };
      return true;
    };
    await forward(world, record);
    const { requestToken } = seen as { requestToken: string };
    expect(seen).toMatchObject({
      touched: true,
      operation: { requestToken, direction: 'forward', attempt: 1, startedAt: '2026-11-22T12:00:00.000Z' },
      wait: {
        taskToken: 'token-1',
        kind: 'update',
        stackId: record.stackId,
        direction: 'forward',
        context: { requestToken, ring: 'canary', continuesRollback: false },
        overdueAt: '2026-11-22T12:45:00.000Z',
      },
      evidence: { requestToken },
    });
  });

  it.each([
    ['sooner than usual where an update has little time', 30, {}, '12:20', '12:20'],
    ['later where CloudFormation goes on watching the stack', 30, { monitoringMinutes: 60 }, '12:45', '13:20'],
    ['in time where ten minutes are too many', 15, {}, '12:07:30', '12:07:30'],
  ])('has the sweep look before its time is over: %s', async (_, updateTimeoutMinutes, over, first, last) => {
    const { stacks } = aConfiguration();
    const { world, record } = await worldWith(fresh(over), {}, { stacks: { ...stacks, updateTimeoutMinutes } });
    await forward(world, record);
    const wait = await findWait(world, await tokenOf(world, record));
    expect(wait?.overdueAt).toContain(`T${first}`);
    expect(wait?.context['deadline']).toContain(`T${last}`);
  });

  it('keeps the operation and the wait when the call fails, so that the retry finds them', async () => {
    const { world, record } = await worldWith();
    world.stacks.onUpdate = () => Promise.reject(new Throttled('slow down'));
    await expect(forward(world, record)).rejects.toThrow(Throttled);
    const token = await tokenOf(world, record);
    expect(token).toMatch(forwardToken);
    expect(await findWait(world, token)).toMatchObject({ taskToken: 'token-1' });
  });

  it('completes at once where CloudFormation had nothing to update', async () => {
    const { world, record } = await worldWith();
    world.stacks.onUpdate = () => Promise.resolve(false);
    await forward(world, record);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { changed: false } }]);
    expect(await findWait(world, await tokenOf(world, record))).toBeUndefined();
  });

  it.each(['restoring', 'closed', 'promoted'] as const)('writes nothing when the campaign is %s', async (phase) => {
    const { world, record } = await worldWith(aClaimedStack(), { phase });
    await expect(forward(world, record)).rejects.toMatchObject({
      name: 'Fenced',
      message: `app-0001 was not written: the campaign is ${phase}`,
    });
    expect(world.stacks.updates).toEqual([]);
    expect(await readAgain(world, record)).toEqual(record);
  });

  it('reads the fence right before the write: a restore that opens while it waits for its turn stops it', async () => {
    const { world, record } = await worldWith();
    await world.table.put(keys.pace(here, 'update'), { nextAt: world.clock.now().getTime() + 5000 });
    const clock = { ...world.clock, sleep: () => openRestore(world).then(() => undefined) };
    await expect(apply({ ...world, clock })(aTask(record))).rejects.toMatchObject({ name: 'Fenced' });
    expect(world.stacks.updates).toEqual([]);
  });

  it("waits for the target's turn before it calls", async () => {
    const { world, record } = await worldWith();
    await world.table.put(keys.pace(here, 'update'), { nextAt: world.clock.now().getTime() + 5000 });
    await forward(world, record);
    expect(world.clock.slept).toEqual([5000]);
    expect(world.stacks.updates).toHaveLength(1);
  });

  it('takes everything back where CloudFormation says that the stack is busy, for the claim to wait again', async () => {
    const { world, record } = await worldWith();
    world.stacks.onUpdate = () => Promise.reject(new StackBusy('busy'));
    await expect(forward(world, record)).rejects.toThrow(StackBusy);
    expect(await readAgain(world, record)).toMatchObject({ touched: false, operation: null, previous: aPrevious() });
    expect(await findWait(world, world.stacks.updates[0]?.requestToken ?? '')).toBeUndefined();
    expect(world.executions.completed).toEqual([]);
    expect(await trailOf(world, 'campaign-1', record.stackId)).toMatchObject([
      { what: 'apply forward' },
      { what: 'not started', why: 'busy' },
    ]);
  });

  it.each([
    ['30 seconds', 0.5, ['update']],
    ['more than 30 seconds', 0.51, ['find', 'update']],
  ])('believes what the claim has seen for %s', async (_what, minutes, calls) => {
    const { world, record } = await worldWith();
    world.clock.advance(minutes);
    await forward(world, record);
    expect(world.stacks.calls).toEqual(calls);
  });

  it.each<[string, (world: World) => unknown, object]>([
    ['is busy', ({ stacks }) => stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })), { name: 'StackBusy' }],
    [
      'was moved by somebody else',
      ({ stacks }) => stacks.put(aStack({ parameters: parameters(foreignImage) })),
      { name: 'ForeignChange', message: `somebody else has moved app-0001 to ${foreignImage}` },
    ],
    [
      'has another template',
      ({ stacks }) => stacks.put(aStack({ parameters: [] })),
      { name: 'ForeignChange', message: 'somebody else has moved app-0001 to another template' },
    ],
    [
      'was deleted',
      ({ stacks }) => stacks.remove(aStack().stackId),
      { name: 'ForeignChange', message: 'app-0001 was deleted' },
    ],
  ])('does not write to a stack that %s since its claim', async (_what, change, error) => {
    const { world, record } = await worldWith(aClaimedStack());
    await change(world);
    await expect(forward(world, record)).rejects.toMatchObject(error);
    expect(world.stacks.updates).toEqual([]);
    expect(await findWait(world, await tokenOf(world, record))).toBeUndefined();
  });

  it('touches nothing where the queue of the target is too long', async () => {
    const { world, record } = await worldWith();
    await world.table.put(keys.pace(here, 'update'), { nextAt: world.clock.now().getTime() + 3_600_000 });
    await expect(forward(world, record)).rejects.toThrow(Throttled);
    expect(await readAgain(world, record)).toEqual(record);
  });
});
