import { describe, expect, it } from '@jest/globals';
import { claim } from '../../../domain/stack/claim.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { holdGroups, keys } from '../../../domain/store/keys.ts';
import { takeLease } from '../../../domain/store/leases.ts';
import { aRing } from '../fakes/configuration.ts';
import { here } from '../fakes/names.ts';
import { aHalt } from '../fakes/halt.ts';
import { readAgain, seedStack, seedStacks } from '../fakes/seed.ts';
import { aTask } from '../fakes/stack-record.ts';
import { aStack } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { claimableWorld, claimForward } from './claim-world.ts';

describe('claim forward on hold', () => {
  const slotGroup = holdGroups.target('campaign-1', here, 'forward');
  const holdIn = async (world: World, group: string) => (await world.table.query({ partition: `HOLD#${group}` })).items;

  it.each(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'waits for a stack that is in %s',
    async (status) => {
      const { world, record } = await claimableWorld(({ stacks }) => stacks.put(aStack({ status })));
      expect(await claimForward(world, record)).toMatchObject({
        status: 'holding',
        reason: `the stack is in ${status}`,
        busySince: '2026-11-22T12:00:00.000Z',
        previous: null,
      });
      expect(world.executions.completed).toEqual([]);
      expect(await holdIn(world, `busy#${record.stackId}`)).toMatchObject([{ taskToken: 'token-1', granted: false }]);
    },
  );

  it('waits for a stack that another campaign has leased', async () => {
    const { world, record } = await claimableWorld((before) => takeLease(before, 'campaign-2', aStack().stackId));
    expect(await claimForward(world, record)).toMatchObject({
      status: 'holding',
      reason: 'another campaign works on the stack',
    });
    expect(world.stacks.calls).toEqual([]);
  });

  it('counts the waiting for a busy stack from its beginning and gives up after the limit', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    await claimForward(world, record);
    world.clock.advance(29);
    expect(await claimForward(world, record)).toMatchObject({
      status: 'holding',
      busySince: '2026-11-22T12:00:00.000Z',
    });
    world.clock.advance(1);
    expect(await claimForward(world, record)).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(/^the stack is in UPDATE_IN_PROGRESS for more than 30 minutes/),
    });
    expect(await holdIn(world, `busy#${record.stackId}`)).toEqual([]);
  });

  it('waits for one thing at a time', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    await claimForward(world, record);
    await world.table.put(keys.halt('*'), { by: 'ana', reason: 'wait', expiresAt: '2026-11-23T12:00:00.000Z' });
    await claimForward(world, record);
    expect(await holdIn(world, `busy#${record.stackId}`)).toEqual([]);
    expect(await holdIn(world, holdGroups.halted('campaign-1'))).toHaveLength(1);
  });

  it('is forgotten where the stack has ended in the meantime', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    const held = await claimForward(world, record);
    await seedStacks(world, { ...held, status: 'skipped' });
    await claimForward(world, record);
    expect(await holdIn(world, `busy#${record.stackId}`)).toEqual([]);
  });

  it('fails, and does not skip, a stack whose SSM parameter was written before', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    await world.table.update(keys.stack(record.campaignId, record.ring, record.stackId), { set: { touched: true } });
    await claimForward(world, record);
    world.clock.advance(30);
    expect(await claimForward(world, record)).toMatchObject({ status: 'holding' });
    expect(world.executions.completed).toMatchObject([
      {
        taskToken: 'token-1',
        error: 'ForeignChange',
        cause: expect.stringMatching(/for more than 30 minutes/) as unknown,
      },
    ]);
  });

  it('goes when the stack is free again, and forgets its hold', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    await claimForward(world, record);
    world.stacks.put(aStack());
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating', busySince: null, reason: '' });
    expect(await holdIn(world, `busy#${record.stackId}`)).toEqual([]);
  });

  it.each(['*', 'campaign-1'])('waits while %s is halted, and goes afterwards', async (scope) => {
    const { world, record } = await claimableWorld((before) => before.table.put(keys.halt(scope), aHalt()));
    expect(await claimForward(world, record)).toMatchObject({
      status: 'holding',
      reason: expect.stringContaining('halted by ana: fire'),
      busySince: null,
    });
    await world.table.delete(keys.halt(scope));
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating' });
    expect(await holdIn(world, 'halted#campaign-1')).toEqual([]);
  });

  it('gives way where the ring has broken before its hold was seen, though the halt goes on', async () => {
    const { world, record } = await claimableWorld((before) => before.table.put(keys.halt('*'), aHalt()));
    const put = world.table.put.bind(world.table);
    world.table.put = async (key, ...rest) => {
      if (key.pk === 'HOLD#halted#campaign-1')
        await changeCampaign(world, 'campaign-1', { breachedRing: 'canary' }, { who: 'test', what: 'x', why: '' });
      return put(key, ...rest);
    };
    expect(await claimForward(world, record)).toMatchObject({ status: 'skipped', reason: 'campaign ended' });
  });

  it('waits for a slot while the target has as many stacks in work as the ring allows', async () => {
    const { world, record } = await claimableWorld();
    await world.table.put(keys.slots('campaign-1', here, 'forward'), {
      holders: new Set(Array.from({ length: 10 }, (_, index) => `stack-${index}`)),
    });
    expect(await claimForward(world, record)).toMatchObject({
      status: 'holding',
      reason: '100000000001/eu-west-1 has 10 stacks in work, as many as ring canary allows',
    });
    expect(world.executions.completed).toEqual([]);
    expect(world.stacks.calls).toEqual([]);
    expect(await holdIn(world, slotGroup)).toMatchObject([
      { taskToken: 'token-1', key: `hold#${slotGroup}#${record.stackId}` },
    ]);
  });

  it('keeps everything but the task token in the context with which it will be woken', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    await claimForward(world, record);
    const { taskToken: _taskToken, ...task } = aTask(record);
    expect(await holdIn(world, `busy#${record.stackId}`)).toMatchObject([
      { context: task, overdueAt: '2026-11-22T12:10:00.000Z' },
    ]);
  });

  it("goes by its own ring's cap", async () => {
    const world = aWorld({ rings: [aRing({ name: 'full', targetCap: 9 }), aRing({ targetCap: 1 })] });
    const record = await seedStack(world);
    await world.table.put(keys.slots('campaign-1', here, 'forward'), { holders: new Set(['another']) });
    expect((await claimForward(world, record)).reason).toContain('has 1 stacks in work, as many as ring canary allows');
  });

  it('leaves a wait for a slot to the slot: the sweep looks late, and nothing is counted as busy', async () => {
    const { world, record } = await claimableWorld();
    await world.table.put(keys.slots('campaign-1', here, 'forward'), {
      holders: new Set(Array.from({ length: 10 }, (_, index) => `stack-${index}`)),
    });
    expect(await claimForward(world, record)).toMatchObject({ busySince: null });
    expect(await holdIn(world, slotGroup)).toMatchObject([
      { overdueAt: '2026-11-22T12:45:00.000Z', ...here, stackId: record.stackId, direction: 'forward' },
    ]);
  });

  it('writes nothing new while it waits for the same thing', async () => {
    const { world, record } = await claimableWorld(({ stacks }) =>
      stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
    );
    const first = await claimForward(world, record);
    world.clock.advance(5);
    expect(await claimForward(world, record)).toEqual(first);
    await world.table.put(keys.halt('*'), aHalt());
    expect(await claimForward(world, record)).toMatchObject({
      reason: expect.stringContaining('halted by ana: fire'),
      revision: 2,
      busySince: null,
    });
  });

  it('is not woken for a second slot when one was freed while it was storing its hold', async () => {
    const { world, record } = await claimableWorld();
    const slots = keys.slots('campaign-1', here, 'forward');
    const holders = Array.from({ length: 10 }, (_, index) => `stack-${index}`);
    await world.table.put(slots, { holders: new Set(holders) });
    const table: World['table'] = {
      ...world.table,
      put: async (key, item, condition) => {
        await world.table.put(key, item, condition);
        if (key.pk.startsWith('HOLD#')) await world.table.update(slots, { removeFromSet: { holders: 'stack-3' } });
      },
    };
    await claim({ ...world, table })(aTask(record));
    expect(await readAgain(world, record)).toMatchObject({ status: 'updating' });
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'go' } }]);
    expect(await holdIn(world, slotGroup)).toEqual([]);
  });
});
