import { describe, expect, it } from '@jest/globals';
import { StackBusy, Throttled } from '../../../domain/errors.ts';
import type { Campaign, StackRecord } from '../../../domain/records.ts';
import { apply } from '../../../domain/stack/apply.ts';
import { settleUpdate } from '../../../domain/stack/settle-update.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { keys } from '../../../domain/store/keys.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { foreignImage, here, newImage, oldImage } from '../fakes/names.ts';
import { readAgain, seedStack, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aPrevious, aTask } from '../fakes/stack-record.ts';
import { aStack, parameters, ssmParameters } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** Claimed a moment ago. */
const fresh = (over: Partial<StackRecord> = {}) => aClaimedStack({ claimedAt: '2026-11-22T12:00:00.000Z', ...over });
const forwardToken = /^ar-[0-9a-f]{12}-[0-9a-f]{20}-f1$/;

const worldWith = async (record: StackRecord = fresh(), over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedStack(world, record, over);
  world.stacks.put(aStack());
  return { world, record };
};
const forward = (world: World, record: StackRecord, taskToken = 'token-1') =>
  apply(world)(aTask(record, 'forward', taskToken));
const back = (world: World, record: StackRecord, taskToken = 'token-1') =>
  apply(world)(aTask(record, 'restore', taskToken));
const tokenOf = async (world: World, record: StackRecord) =>
  (await readAgain(world, record)).operation?.requestToken ?? '';
const restoring = { phase: 'restoring' } as const;
/** Raises the fence in the middle of whatever is going on. */
const openRestore = (world: World) =>
  changeCampaign(world, 'campaign-1', restoring, { who: 'test', what: 'restoring', why: '' });

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
  });

  it('touches nothing where the queue of the target is too long', async () => {
    const { world, record } = await worldWith();
    await world.table.put(keys.pace(here, 'update'), { nextAt: world.clock.now().getTime() + 3_600_000 });
    await expect(forward(world, record)).rejects.toThrow(Throttled);
    expect(await readAgain(world, record)).toEqual(record);
  });
});

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
    expect(await readAgain(world, record)).toMatchObject({ operation: null });
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

describe('apply by SSM parameter', () => {
  const ssm = (over: Partial<StackRecord> = {}) =>
    fresh({
      mode: 'ssm',
      ssmParameter: '/golden/image',
      previous: aPrevious({ parameterValue: '/golden/image', ssm: { value: oldImage, version: 1 } }),
      ...over,
    });

  it('writes the parameter first and then lets the stack read it again', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    let atUpdate: string | undefined;
    world.stacks.onUpdate = () => {
      atUpdate = world.parameters.valueOf('/golden/image');
      return Promise.resolve(true);
    };
    await forward(world, record);
    expect(atUpdate).toBe(newImage);
    expect(world.stacks.updates).toMatchObject([{ parameter: 'ImageId', value: null }]);
  });

  it('puts parameter and stack back', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    await forward(world, record);
    await openRestore(world);
    world.stacks.put(aStack({ parameters: ssmParameters(newImage) }));
    await back(world, record, 'token-2');
    expect(world.parameters.valueOf('/golden/image')).toBe(oldImage);
    expect(world.stacks.updates).toMatchObject([{ value: null }, { value: null }]);
  });

  it.each([
    [
      'holds an image of somebody else',
      foreignImage,
      /holds ami-00000000000000003, which this campaign has not written/,
    ],
    ['was deleted', null, /was deleted/],
  ])(
    'stops where the parameter %s on the way back, and leaves stack and parameter alone',
    async (_what, value, message) => {
      const { world, record } = await worldWith(ssm({ status: 'restoring', touched: true }), restoring);
      if (value !== null) world.parameters.set('/golden/image', value);
      world.stacks.put(aStack({ parameters: ssmParameters(newImage) }));
      await expect(back(world, record)).rejects.toMatchObject({
        name: 'ForeignChange',
        message: expect.stringMatching(message),
      });
      expect(world.stacks.updates).toEqual([]);
      expect(world.parameters.puts).toEqual([]);
    },
  );

  it('stays touched where only the update was refused: the parameter has been written', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    world.stacks.onUpdate = () => Promise.reject(new StackBusy('busy'));
    await expect(forward(world, record)).rejects.toThrow(StackBusy);
    expect(await readAgain(world, record)).toMatchObject({ touched: true, operation: null });
    expect(world.parameters.valueOf('/golden/image')).toBe(newImage);
  });

  it("waits for the target's turn after the parameter is valid, right before the call", async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    await world.table.put(keys.pace(here, 'update'), { nextAt: world.clock.now().getTime() + 5000 });
    let atSleep: string | undefined;
    const clock = {
      ...world.clock,
      sleep: () => {
        atSleep = world.parameters.valueOf('/golden/image');
        return Promise.resolve();
      },
    };
    await apply({ ...world, clock })(aTask(record));
    expect(atSleep).toBe(newImage);
    expect(world.stacks.updates).toHaveLength(1);
  });

  it('does not let the stack read a parameter that did not pass its validation', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    world.parameters.neverValid.add(newImage);
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'ParameterNotValidated' });
    expect(world.stacks.updates).toEqual([]);
  });
});
