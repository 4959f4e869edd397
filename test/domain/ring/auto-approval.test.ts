import { describe, expect, it } from '@jest/globals';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { halt } from '../../../domain/halt/halt.ts';
import { approve } from '../../../domain/ring/approve.ts';
import { confirm } from '../../../domain/ring/confirm.ts';
import { findApproval } from '../../../domain/store/approvals.ts';
import { keys } from '../../../domain/store/keys.ts';
import { countFailure } from '../../../domain/store/ring-state.ts';
import { recordVerdict } from '../../../domain/store/verdicts.ts';
import { aRing } from '../fakes/configuration.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { asked, says } from './approvals.ts';

const at = '2026-11-22T11:59:00.000Z';
const green: Partial<StackRecord> = {
  status: 'done',
  alarms: ['errors'],
  claimedAt: '2026-11-22T11:00:00.000Z',
  endedAt: '2026-11-22T11:30:00.000Z',
};

/** A canary that stayed green in every respect, in a ring that may approve itself. */
const greenCanary = async (
  over: { stacks?: StackRecord[]; approval?: 'auto' | 'required'; minBakeMinutes?: number } = {},
) => {
  const { stacks = [aStackRecord(green)], approval = 'auto', minBakeMinutes = 30 } = over;
  const world = aWorld({
    rings: [aRing({ approval, autoApproval: { minBakeMinutes } }), aRing({ name: 'full', approval: 'none' })],
  });
  await seedCampaign(world);
  await seedStacks(world, ...stacks, aStackRecord({ stackName: 'later', ring: 'full', order: 9 }));
  return world;
};
const recheck = (world: World, over: { passed?: boolean; evidence?: object } = {}) =>
  recordVerdict(
    world,
    'campaign-1',
    {
      gate: 'Recheck Gates',
      passed: true,
      reasons: [],
      codes: [],
      at,
      evidence: { alarms: [], silent: [] },
      ...over,
    } as never,
    at,
    'canary',
  );
const run = async (world: World) => {
  await approve(world)({ ...asked, taskToken: 'token-1' });
  return findApproval(world, 'campaign-1', 'canary');
};
const confirmed = (world: World) => confirm(world)(asked);

describe('a ring that may approve itself', () => {
  it('does where everything stayed green: once, by name, with its conditions in record and trail, and asks nobody', async () => {
    const world = await greenCanary();
    await recheck(world);
    const approval = await run(world);
    expect(approval).toMatchObject({
      state: 'approved',
      decisions: [{ person: 'auto', decision: 'approve', reason: "all 7 conditions of approval: 'auto' are met" }],
      auto: { approved: true },
    });
    expect(approval?.auto?.conditions.map(({ name, found }) => `${name}: ${found}`)).toEqual([
      'a stack is done: 1 of 1 done',
      'no stack failed: 0 failed',
      'no stack was skipped for trouble: none',
      'the bake took at least 30 min: 30 min',
      'no alarm went off: 1 alarm watched, none went off',
      'the recheck passed: passed',
      'nothing is halted: not halted',
    ]);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { decision: 'approved' } }]);
    expect(world.notifications.published).toMatchObject([
      { fact: 'approved', subject: 'Approved: ring canary of al2023-base, by itself' },
    ]);
    expect(world.notifications.published[0]?.text).toContain('  no alarm went off: 1 alarm watched, none went off');
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'auto',
      what: 'approve ring canary',
      evidence: { evidenceHash: approval?.evidenceHash, conditions: approval?.auto?.conditions },
    });
    expect(await confirmed(world)).toEqual({ approved: true, reason: '' });
    await run(world);
    expect(await says(world, 'ana')).toMatchObject({
      accepted: false,
      message: expect.stringContaining('approved already'),
    });
  });

  it.each<[string, () => Promise<World>, string]>([
    [
      'a stack failed within the budget',
      async () => {
        const world = await greenCanary({
          stacks: [
            aStackRecord(green),
            aStackRecord({ ...green, stackName: 'b', order: 1, status: 'restored', reason: 'x' }),
          ],
        });
        await countFailure(world, 'campaign-1', 'canary', aStackRecord({ stackName: 'b' }).stackId);
        await recheck(world);
        return world;
      },
      '"no stack failed" is not met (1 failed)',
    ],
    [
      'no stack was moved',
      async () => {
        const world = await greenCanary({ stacks: [aStackRecord({ status: 'skipped', reason: 'current' })] });
        await recheck(world);
        return world;
      },
      '"a stack is done" is not met (0 of 1 done)',
    ],
    [
      'a stack was skipped for trouble',
      async () => {
        const trouble = aStackRecord({ stackName: 'b', order: 1, status: 'skipped', reason: 'AccessDenied: no' });
        const world = await greenCanary({ stacks: [aStackRecord(green), trouble] });
        await recheck(world);
        return world;
      },
      '"no stack was skipped for trouble" is not met (1, first b: AccessDenied: no)',
    ],
    [
      'the bake was too short',
      async () => {
        const world = await greenCanary({ minBakeMinutes: 31 });
        await recheck(world);
        return world;
      },
      '"the bake took at least 31 min" is not met (30 min)',
    ],
    [
      'nobody has watched',
      async () => {
        const world = await greenCanary({ stacks: [aStackRecord({ ...green, alarms: [] })] });
        await recheck(world);
        return world;
      },
      '"no alarm went off" is not met (no stack of the ring names an alarm: nobody has watched)',
    ],
    [
      'an alarm had too little data',
      async () => {
        const world = await greenCanary();
        await recheck(world, {
          evidence: { alarms: [], silent: [{ stack: 'app-0001', alarms: [{ name: 'errors' }] }] },
        });
        return world;
      },
      '"no alarm went off" is not met (too little data: errors of app-0001)',
    ],
    ['no recheck is on record', () => greenCanary(), '"the recheck passed" is not met (no recheck is on record)'],
    [
      'somebody has halted everything',
      async () => {
        const world = await greenCanary();
        await recheck(world);
        await halt(world)({ scope: '*', who: 'ana', reason: 'freeze', identity: 'x' });
        world.notifications.published.splice(0);
        return world;
      },
      '"nothing is halted" is not met (halted by ana: freeze',
    ],
  ])('asks people where %s, and says so', async (_what, make, why) => {
    const world = await make();
    const approval = await run(world);
    expect(approval).toMatchObject({ state: 'open', decisions: [], auto: { approved: false } });
    expect(world.executions.completed).toEqual([]);
    expect(world.notifications.published).toMatchObject([{ fact: 'approval wanted' }]);
    expect(world.notifications.published[0]?.text).toContain(`Ring canary does not approve itself: ${why}`);
    expect((await trailOf(world)).at(-1)?.why).toContain(`not by itself: ${why}`);
    expect((await confirmed(world)).approved).toBe(false);
    for (const person of ['ana', 'ben']) await says(world, person);
    expect(await confirmed(world)).toEqual({ approved: true, reason: '' });
  });

  it('is not believed where the configuration asks for people, or a condition is not met', async () => {
    const decision = { person: 'auto', decision: 'approve', reason: 'x', at };
    const forge = async (approval: 'auto' | 'required', auto: object | undefined) => {
      const world = await greenCanary({ approval });
      await run(world);
      await world.table.update(keys.approval('campaign-1', 'canary'), {
        set: { state: 'approved', decisions: [decision], ...(auto && { auto }) },
      });
      return (await confirmed(world)).reason;
    };
    const met = { approved: true, conditions: [{ name: 'x', met: true, found: '' }] };
    expect(await forge('required', met)).toBe('ring canary may not approve itself');
    const unmet = { approved: true, conditions: [{ name: 'x', met: false, found: '' }] };
    expect(await forge('auto', unmet)).toBe('ring canary approved itself without its conditions');
  });

  it('leaves a ring alone that asks for people', async () => {
    const world = await greenCanary({ approval: 'required' });
    await recheck(world);
    const approval = await run(world);
    expect(approval).toMatchObject({ state: 'open' });
    expect(approval?.auto).toBeUndefined();
  });
});
