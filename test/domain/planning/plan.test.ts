import { describe, expect, it } from '@jest/globals';
import { plannedStack } from '../../../contracts/shapes.ts';
import type { Candidate, LeftOut } from '../../../domain/planning/inventory.ts';
import { plan } from '../../../domain/planning/plan.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { ringTotal } from '../../../domain/ring/counts.ts';
import { changeStack } from '../../../domain/store/stack-records.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { aCandidate } from '../fakes/candidate.ts';
import { aGroup } from '../fakes/groups.ts';
import { here, newImage, oldImage, stackIdOf, there } from '../fakes/names.ts';
import { recordsIn, seedCampaign, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `app-${index + 1}`);
const fleet = (count: number, over: Partial<Candidate> = {}) =>
  names(count).map((stackName) => aCandidate({ ...over, stackName }));
const aLeftOut = (stackName: string): LeftOut => {
  const { stackId, account, region, environment } = aCandidate({ stackName });
  return { stackId, stackName, account, region, environment, reason: 'held by its tag' };
};

const worldWith = async (
  inventory: { candidates?: Candidate[]; leftOut?: LeftOut[]; unreachable?: object[]; shared?: object[] },
  over: Partial<Campaign> = {},
) => {
  const world = aWorld();
  await seedCampaign(world, { planHash: '', planned: 0, ...over });
  await world.planStore.put('inventory', {
    candidates: [],
    leftOut: [],
    unreachable: [],
    shared: [],
    seen: 9,
    ...inventory,
  });
  return world;
};
const run = (world: World) => plan(world)({ campaignId: 'campaign-1', inventory: 'inventory' });
const recordsOf = (world: World) => recordsIn(world, 'campaign-1');
const itemsOf = (world: World, ring: string) =>
  world.planStore.get(`campaigns/campaign-1/rings/${ring}.json`) as Promise<{ stackName: string }[]>;

describe('plan', () => {
  it('writes the items of each ring, a record for each stack, and the hash last', async () => {
    const world = await worldWith({ candidates: fleet(21) });
    const output = await run(world);
    expect(output).toEqual({
      decision: 'go',
      planHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      planned: 21,
      bucket: 'plans',
      rings: {
        canary: { key: 'campaigns/campaign-1/rings/canary.json', stacks: 2 },
        full: { key: 'campaigns/campaign-1/rings/full.json', stacks: 19 },
      },
    });
    expect(await itemsOf(world, 'canary')).toEqual([
      expect.objectContaining({ stackName: 'app-1', ring: 'canary', order: 0, image: newImage }),
      expect.objectContaining({ stackName: 'app-2', ring: 'canary', order: 1 }),
    ]);
    expect(await recordsIn(world)).toHaveLength(21);
    expect((await recordsIn(world))[0]).toMatchObject({
      status: 'pending',
      revision: 0,
      previous: null,
      touched: false,
    });
    expect(await ringTotal(world, 'campaign-1', 'full')).toMatchObject({ total: 19 });
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({
      planHash: output.planHash,
      planned: 21,
      conclusion: null,
    });
  });

  it('hands the machine exactly the fields of its contract', async () => {
    const world = await worldWith({ candidates: [aCandidate({ mode: 'ssm', ssmParameter: '/golden/image' })] });
    await run(world);
    const [item] = await itemsOf(world, 'canary');
    expect(plannedStack.parse(item)).toEqual(item);
    const { wantedRing: _wantedRing, alarms: _alarms, looksCurrent: _looksCurrent, ...planned } = aCandidate();
    expect(item).toEqual({
      ...planned,
      mode: 'ssm',
      ssmParameter: '/golden/image',
      readBy: 'stack',
      ring: 'canary',
      order: 0,
    });
  });

  it('makes a record of each stack as no task has touched it', async () => {
    const world = await worldWith({ candidates: [aCandidate({ alarms: ['errors'] })] });
    await run(world);
    expect(await recordsIn(world)).toEqual([aStackRecord({ alarms: ['errors'], share: 501 })]);
  });

  it('keeps the plan as a whole document, with the image set and the items it stands for', async () => {
    const world = await worldWith({ candidates: fleet(2) });
    const output = await run(world);
    expect(await world.planStore.get('campaigns/campaign-1/plan.json')).toEqual({
      campaignId: 'campaign-1',
      planHash: output.planHash,
      imageSet: { 'eu-west-1': newImage, 'us-east-1': newImage },
      warnings: [],
      rings: { canary: await itemsOf(world, 'canary'), full: await itemsOf(world, 'full') },
      output,
    });
  });

  it('gives the same stacks the same hash, and any other plan another', async () => {
    const hashOf = async (candidates: Candidate[], over: Partial<Campaign> = {}) =>
      (await run(await worldWith({ candidates }, over))).planHash;
    const hash = await hashOf(fleet(3));
    expect(await hashOf(fleet(3))).toBe(hash);
    expect(await hashOf(fleet(4))).not.toBe(hash);
    expect(await hashOf(fleet(3, { image: oldImage }))).not.toBe(hash);
    expect(await hashOf(fleet(3, { wantedRing: 'full' }))).not.toBe(hash);
    expect(await hashOf(fleet(3), { imageSet: { 'eu-west-1': oldImage } })).not.toBe(hash);
  });

  it('gives back the first plan when it is called again, and touches no record', async () => {
    const world = await worldWith({ candidates: fleet(3) });
    const first = await run(world);
    const [record] = await recordsIn(world);
    const moved = await changeStack(world, record!, { status: 'updating' }, { who: 'test', what: 'x', why: '' });
    await world.planStore.put('inventory', { candidates: fleet(9), leftOut: [], unreachable: [], seen: 9 });
    expect(await run(world)).toEqual(first);
    expect((await recordsIn(world))[0]).toEqual(moved);
    expect(await recordsIn(world)).toHaveLength(3);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ planned: 3, planHash: first.planHash });
  });

  it('makes the plan again where it had not got as far as the hash', async () => {
    const world = await worldWith({ candidates: fleet(3) });
    const transact = () => Promise.reject(new Error('the invocation died'));
    await expect(run({ ...world, table: { ...world.table, transact } })).rejects.toThrow('died');
    expect(await run(world)).toMatchObject({ decision: 'go', planned: 3 });
    expect(await recordsIn(world)).toHaveLength(3);
  });

  it.each([
    ['runs the image', [aGroup({ [newImage]: 2 }, { stackId: aCandidate({ stackName: 'app-1' }).stackId })], 'skipped'],
    [
      'has an old instance',
      [aGroup({ [newImage]: 2, [oldImage]: 1 }, { stackId: aCandidate({ stackName: 'app-1' }).stackId })],
      'pending',
    ],
    [
      'lacks an instance',
      [aGroup({ [newImage]: 1 }, { stackId: aCandidate({ stackName: 'app-1' }).stackId })],
      'pending',
    ],
    ['shows no group at all', [], 'pending'],
  ] as const)('of a stack that looks current and %s: %s', async (_what, groups, status) => {
    const world = await worldWith({ candidates: fleet(1, { looksCurrent: true }) });
    world.groups.found = groups;
    const output = await run(world);
    expect(output.decision).toBe(status === 'skipped' ? 'unchanged' : 'go');
    expect(await itemsOf(world, 'canary')).toHaveLength(status === 'skipped' ? 0 : 1);
    expect(await recordsIn(world)).toMatchObject([{ status, reason: status === 'skipped' ? 'current' : '' }]);
  });

  it('counts instances only where a stack looks current, in batches of each target', async () => {
    const world = await worldWith({
      candidates: [
        ...fleet(51, { looksCurrent: true }),
        ...fleet(1, { looksCurrent: true, ...there }),
        ...fleet(60, { account: '100000000003' }),
      ],
    });
    await run(world);
    expect(world.groups.calls.sort()).toEqual(['count 1', 'count 1', 'count 50']);
  });

  it('records what cannot be moved, in the last ring and behind the others, and plans nothing for it', async () => {
    const world = await worldWith({ candidates: fleet(2), leftOut: [aLeftOut('held')] });
    expect((await run(world)).planned).toBe(3);
    expect((await recordsIn(world)).at(-1)).toEqual(
      aStackRecord({
        stackName: 'held',
        status: 'skipped',
        reason: 'held by its tag',
        ring: 'full',
        order: 2,
        endedAt: '2026-11-22T12:00:00.000Z',
        parameter: '',
        image: 'ami-00000000',
      }),
    );
    expect((await itemsOf(world, 'full')).map(({ stackName }) => stackName)).toEqual(['app-2']);
  });

  it('notes the targets that refused us', async () => {
    const world = await worldWith({ candidates: fleet(1), unreachable: [{ ...there, reason: 'no' }] });
    await run(world);
    expect((await getCampaign(world, 'campaign-1')).leftOut).toEqual([
      { name: '100000000002/us-east-1', reason: 'no' },
    ]);
  });

  it.each([
    ['unchanged', 'UNCHANGED', [], {}],
    ['planned', 'PLANNED', fleet(2), { dryRun: true }],
    ['planned', 'PLANNED', [], { dryRun: true }],
    ['go', null, fleet(1), {}],
  ] as const)('decides %s and concludes %s', async (decision, conclusion, candidates, over) => {
    const world = await worldWith({ candidates: [...candidates] }, over);
    expect((await run(world)).decision).toBe(decision);
    expect((await getCampaign(world, 'campaign-1')).conclusion).toBe(conclusion);
  });

  describe('of stacks that share an SSM parameter', () => {
    const reader = (stackName: string, wantedRing: string, name = '/golden/image') =>
      aCandidate({ stackName, mode: 'ssm', ssmParameter: name, wantedRing });
    const sharing = (...names: string[]) => [
      { ...here, name: '/golden/image', readers: names.map((one) => ({ stackId: stackIdOf(one), stackName: one })) },
    ];
    const kept = async (world: World) =>
      [...(await itemsOf(world, 'canary')), ...(await itemsOf(world, 'full'))].map(({ stackName }) => stackName);

    it('keeps those that are all in one ring, each with the names of the others', async () => {
      const candidates = [reader('a', 'full'), reader('b', 'full')];
      const world = await worldWith({ candidates, shared: sharing('a', 'b') });
      await run(world);
      expect(await kept(world)).toEqual(['a', 'b']);
      expect((await recordsOf(world)).map(({ sharedWith }) => sharedWith)).toEqual([['b'], ['a']]);
    });

    it.each([
      ['in another ring', [reader('a', 'canary'), reader('b', 'full')], 'b in ring full'],
      ['of somebody else', [reader('a', 'canary')], 'b, which is not in this campaign'],
    ])('leaves out one whose parameter is read by a stack %s', async (_what, candidates, named) => {
      const world = await worldWith({ candidates, shared: sharing('a', 'b') });
      await run(world);
      expect(await kept(world)).toEqual([]);
      const record = (await recordsOf(world)).find(({ stackName }) => stackName === 'a');
      expect(record).toMatchObject({ status: 'skipped', reason: expect.stringContaining(named) });
    });

    it('leaves out one whose parameter is the promotion parameter', async () => {
      const world = await worldWith({
        candidates: [reader('a', 'canary', '/ami-rollout/al2023-base/production/image')],
      });
      await run(world);
      expect(await recordsOf(world)).toMatchObject([
        { status: 'skipped', reason: expect.stringContaining('is the promotion parameter of family al2023-base') },
      ]);
    });
  });

  it('warns of stacks whose launches read their SSM parameter', async () => {
    const candidates = [aCandidate({ mode: 'ssm', ssmParameter: '/golden/image', readBy: 'launch' })];
    const world = await worldWith({ candidates });
    await run(world);
    expect(await world.planStore.get('campaigns/campaign-1/plan.json')).toMatchObject({
      warnings: [expect.stringMatching(/^app-0001 in .* any scale-out starts the new image/)],
    });
    expect((await trailOf(world)).at(-1)?.why).toContain('any scale-out exposes the image at once');
  });
});
