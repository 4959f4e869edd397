import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import { sweep } from '../../../domain/events/sweep.ts';
import { scan } from '../../../domain/gating/inspector-scan.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { restoreWaitKey } from '../../../domain/restore/finish-wait.ts';
import { approvalWaitKey } from '../../../domain/ring/settle-approval.ts';
import { apply } from '../../../domain/stack/apply.ts';
import { claim } from '../../../domain/stack/claim.ts';
import { verify } from '../../../domain/stack/verify.ts';
import { changeCampaign, findCampaign } from '../../../domain/store/campaigns.ts';
import { keys } from '../../../domain/store/keys.ts';
import { findWait, storeWait } from '../../../domain/store/waits.ts';
import { targetName } from '../../../domain/target.ts';
import type { Outcome } from '../../../domain/words.ts';
import { anApproval } from '../fakes/approval.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { aGroup } from '../fakes/groups.ts';
import { anImage } from '../fakes/images.ts';
import { here, hub, newImage, there } from '../fakes/names.ts';
import { readAgain, seedCampaign, seedStack, seedStacks } from '../fakes/seed.ts';
import { aClaimedStack, aStackRecord, aTask } from '../fakes/stack-record.ts';
import { aStack, parameters } from '../fakes/stacks.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** Longer than any wait is left alone. */
const overdue = (world: World) => {
  world.clock.advance(45);
};
/** Stacks whose updates were started, and whose ends nobody has told us. */
const updatingIn = async (world: World, ...places: Partial<StackRecord>[]) => {
  const records = places.map((over, order) => aClaimedStack({ stackName: `app-${order + 1}`, order, ...over }));
  await seedCampaign(world);
  await seedStacks(world, ...records);
  for (const [order, record] of records.entries()) {
    world.stacks.put(aStack({ name: record.stackName, stackId: record.stackId, status: 'UPDATE_COMPLETE' }));
    await apply(world)(aTask(record, 'forward', `token-${order + 1}`));
  }
  world.stacks.calls.length = 0;
  return { world, records };
};
const updating = (...places: Partial<StackRecord>[]) => updatingIn(aWorld(), ...places);
const now = (world: World, record: StackRecord, status: string, image = newImage) => {
  const { stackName: name, stackId } = record;
  world.stacks.put(aStack({ name, stackId, status, parameters: parameters(image) }));
};
const tokenOf = async (world: World, record: StackRecord) =>
  (await readAgain(world, record)).operation?.requestToken ?? '';

describe('sweep', () => {
  it('asks nobody while nothing is overdue', async () => {
    const { world } = await updating({});
    world.clock.advance(44);
    expect(await sweep(world)()).toEqual({ overdue: 0, settled: 0 });
    expect([...world.stacks.calls, ...world.groups.calls, ...world.images.calls]).toEqual([]);
    expect(world.functions.queued).toEqual([]);
  });

  it('finds the end of an update whose event was lost', async () => {
    const { world, records } = await updating({});
    now(world, records[0]!, 'UPDATE_COMPLETE');
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 1 });
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { changed: true } }]);
    expect(await findWait(world, await tokenOf(world, records[0]!))).toBeUndefined();
  });

  it('finds the end of an update on the way back', async () => {
    const world = aWorld();
    const record = await seedStack(world, aClaimedStack({ status: 'restoring', touched: true }), {
      phase: 'restoring',
    });
    now(world, record, 'UPDATE_COMPLETE', newImage);
    await apply(world)(aTask(record, 'restore'));
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 0 });
    now(world, record, 'UPDATE_COMPLETE', 'ami-00000000000000001');
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 1 });
  });

  it('finds an update that was rolled back, by the failures of its own operation', async () => {
    const { world, records } = await updating({});
    now(world, records[0]!, 'UPDATE_ROLLBACK_COMPLETE', 'ami-00000000000000001');
    world.stacks.cause = 'Group: no capacity';
    overdue(world);
    await sweep(world)();
    expect(world.executions.completed).toEqual([
      { taskToken: 'token-1', error: 'UpdateFailed', cause: 'Group: no capacity' },
    ]);
  });

  it.each([
    ['is still running', 'UPDATE_IN_PROGRESS', newImage],
    ['says nothing about our operation', 'UPDATE_COMPLETE', 'ami-00000000000000001'],
  ])('goes on waiting where the stack %s', async (_what, status, image) => {
    const { world, records } = await updating({});
    now(world, records[0]!, status, image);
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 0 });
    expect(world.executions.completed).toEqual([]);
    expect(await findWait(world, await tokenOf(world, records[0]!))).toMatchObject({ sweeps: 1 });
  });

  it('reads each target that has an overdue update once, by its pages, and no other', async () => {
    const { world } = await updating({}, {}, { ...there });
    await storeWait(world, aWait({ key: 'ar-later', ...there, overdueAt: '2026-11-22T18:00:00.000Z' }));
    const only = world.stacks;
    overdue(world);
    await sweep(world)();
    expect(only.calls.filter((call) => call.startsWith('list')).sort()).toEqual([
      `list ${targetName(here)}`,
      `list ${targetName(there)}`,
    ]);
    expect(only.calls).not.toContain('find');
  });

  it('leaves targets alone whose waits are not overdue', async () => {
    const { world } = await updating({});
    await storeWait(world, aWait({ key: 'ar-later', ...there, overdueAt: '2026-11-22T18:00:00.000Z' }));
    overdue(world);
    await sweep(world)();
    expect(world.stacks.calls).not.toContain(`list ${targetName(there)}`);
  });

  it('finds the end of an update that ends after it was overdue within five minutes', async () => {
    const { world, records } = await updating({});
    now(world, records[0]!, 'UPDATE_IN_PROGRESS');
    for (let minute = 5; minute <= 300; minute += 5) {
      world.clock.advance(5);
      expect((await sweep(world)()).settled).toBe(0);
    }
    now(world, records[0]!, 'UPDATE_COMPLETE');
    world.clock.advance(5);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 1 });
  });

  it('looks again after twice the time, each time, where many are overdue', async () => {
    const { stacks } = aConfiguration();
    const { world, records } = await updatingIn(aWorld({ stacks: { ...stacks, updateTimeoutMinutes: 2880 } }), {});
    now(world, records[0]!, 'UPDATE_IN_PROGRESS');
    for (let nth = 0; nth < 100; nth += 1)
      await storeWait(world, aWait({ key: `ar-${nth}`, ...there, stackId: `gone-${nth}` }));
    const looks: number[] = [];
    for (let minute = 5; minute <= 12 * 60; minute += 5) {
      world.clock.advance(5);
      if ((await sweep(world)()).overdue > 0) looks.push(minute);
    }
    expect(looks).toEqual([45, 90, 180, 360, 720]);
  });

  it('holds up no target because of another that fails, and says what failed', async () => {
    const { world, records } = await updating({}, { ...there });
    now(world, records[0]!, 'UPDATE_COMPLETE');
    world.stacks.refused.add(targetName(there));
    overdue(world);
    await expect(sweep(world)()).rejects.toMatchObject({
      name: 'SweepIncomplete',
      message: "1 of the sweep's looks failed; first: 100000000002/us-east-1 refuses us",
    });
    expect(world.executions.completed).toMatchObject([{ taskToken: 'token-1' }]);
    expect(await findWait(world, await tokenOf(world, records[1]!))).toMatchObject({ sweeps: 1 });
  });
});

describe('sweep of other waits', () => {
  it('recounts the instances of a verification', async () => {
    const world = aWorld();
    const record = await seedStack(world, aClaimedStack({ touched: true }));
    await verify(world)(aTask(record));
    world.groups.found = [aGroup({ [newImage]: 2 })];
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 1 });
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { instances: 2 } }]);
  });

  it('ends a verification at its deadline, and not a doubled time later', async () => {
    const world = aWorld();
    const record = await seedStack(world, aClaimedStack({ touched: true }));
    world.groups.found = [aGroup({ [newImage]: 1 })];
    await verify(world)(aTask(record));
    for (let minute = 0; minute < 30; minute += 5) {
      expect(world.executions.completed).toEqual([]);
      world.clock.advance(5);
      await sweep(world)();
    }
    expect(world.executions.completed).toMatchObject([{ error: 'NotReplaced' }]);
  });

  it('looks at a scan', async () => {
    const world = aWorld();
    await seedCampaign(world);
    world.images.put(anImage());
    world.scans.now = { state: 'pending', reason: '', scannedAt: null };
    const image = { id: newImage, region: hub.region };
    await scan(world)({ campaignId: 'campaign-1', image, category: 'base', taskToken: 'token-1' });
    world.scans.now = { state: 'finished', reason: '', scannedAt: '2026-11-22T11:30:00.000Z' };
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 1 });
    expect(world.executions.completed).toHaveLength(1);
  });

  it('wakes a claim that nobody has woken, and again later', async () => {
    const world = aWorld();
    const record = await seedStack(world, aStackRecord());
    world.stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' }));
    await claim(world)(aTask(record));
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: 0 });
    expect(world.functions.queued).toEqual([
      { functionName: 'claim-stack', payload: { ...aTask(record), taskToken: 'token-1' } },
    ]);
    await sweep(world)();
    expect(world.functions.queued).toHaveLength(1);
    overdue(world);
    await sweep(world)();
    expect(world.functions.queued).toHaveLength(2);
  });

  it.each([
    ['RESTORED', 1],
    [null, 0],
  ] as const)('tells a campaign that waits for its restore about %s', async (outcome, told) => {
    const world = aWorld();
    await seedCampaign(world, { outcome, phase: 'restoring' });
    await storeWait(world, aWait({ key: restoreWaitKey('campaign-1'), kind: 'restore' }));
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled: told });
    expect(world.executions.completed).toHaveLength(told);
  });

  it.each([
    ['is decided', 'approved', 'running', 1, 1],
    ['is still open', 'open', 'running', 0, 0],
    ['is open in a campaign that has ended', 'open', 'closed', 1, 0],
  ] as const)('of an approval that %s', async (_what, state, phase, settled, completed) => {
    const world = aWorld();
    await seedCampaign(world, { phase });
    await world.table.put(keys.approval('campaign-1', 'canary'), { ...anApproval({ state }), count: 0 });
    const key = approvalWaitKey('campaign-1', 'canary');
    await storeWait(world, aWait({ key, kind: 'approval', context: { ring: 'canary' } }));
    overdue(world);
    expect(await sweep(world)()).toEqual({ overdue: 1, settled });
    expect(world.executions.completed).toHaveLength(completed);
    expect(await findWait(world, key)).toEqual(settled === 1 ? undefined : expect.anything());
  });
});

describe('sweep of campaigns', () => {
  const arn = 'arn:aws:states:eu-west-1:111122223333:execution:campaign:campaign-1';
  /** A campaign that began at ten o'clock; the sweep runs every five minutes. */
  const sweepUntil = async (world: World, hours: number) => {
    for (let minute = 120; minute < hours * 60; minute += 5) {
      world.clock.advance(5);
      await sweep(world)();
    }
  };
  const worldWith = async (status: 'RUNNING' | 'ABORTED', outcome: Outcome | null = null) => {
    const world = aWorld();
    await seedCampaign(world, { startedAt: '2026-11-22T10:00:00.000Z', outcome });
    world.executions.statuses.set(arn, status);
    return world;
  };

  it('restores one whose execution has ended without a word', async () => {
    const world = await worldWith('ABORTED');
    await sweepUntil(world, 3);
    expect(world.executions.started).toEqual([]);
    await sweepUntil(world, 5);
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r1' }]);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ restore: { attempt: 1 } });
  });

  it.each([
    ['is running', 'RUNNING', null],
    ['has its outcome', 'ABORTED', 'PROMOTED'],
  ] as const)('leaves one alone that %s', async (_what, status, outcome) => {
    const world = await worldWith(status, outcome);
    await sweepUntil(world, 13);
    expect(world.executions.started).toEqual([]);
  });

  it('asks about a running one only every few hours', async () => {
    const world = await worldWith('RUNNING');
    let asked = 0;
    world.executions.status = () => {
      asked += 1;
      return Promise.resolve('RUNNING');
    };
    await sweepUntil(world, 26);
    expect(asked).toBe(6);
  });

  it('starts the next restore where the last one has ended without a word', async () => {
    const world = await worldWith('ABORTED');
    const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:restore:campaign-1-r1';
    await changeCampaign(
      world,
      'campaign-1',
      { restore: { executionArn, attempt: 1, first: 1, reason: 'x' } },
      { who: 'test', what: 'x', why: '' },
    );
    world.executions.statuses.set(executionArn, 'TIMED_OUT');
    await sweepUntil(world, 5);
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r2' }]);
  });

  it('asks about the others where it cannot ask about one', async () => {
    const world = await worldWith('ABORTED');
    await seedCampaign(world, {
      campaignId: 'campaign-0',
      executionArn: arn.replace('campaign-1', 'campaign-0'),
      startedAt: '2026-11-22T09:59:00.000Z',
    });
    const { status } = world.executions;
    world.executions.status = (of) => (of.endsWith('campaign-0') ? Promise.reject(new Throttled('no')) : status(of));
    world.clock.advance(121);
    await expect(sweep(world)()).rejects.toMatchObject({ name: 'SweepIncomplete' });
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r1' }]);
  });

  it('does not keep the waits waiting when it cannot ask', async () => {
    const world = await worldWith('RUNNING');
    world.executions.status = () => Promise.reject(new Throttled('slow down'));
    world.clock.advance(121);
    await expect(sweep(world)()).rejects.toMatchObject({ name: 'SweepIncomplete' });
  });
});
