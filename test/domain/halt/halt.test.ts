import { describe, expect, it } from '@jest/globals';
import { sweep } from '../../../domain/events/sweep.ts';
import { abort } from '../../../domain/halt/abort.ts';
import { halt, type OperatorRequest } from '../../../domain/halt/halt.ts';
import { resume } from '../../../domain/halt/resume.ts';
import { findCampaign } from '../../../domain/store/campaigns.ts';
import { findHalt, haltedBy } from '../../../domain/store/halts.ts';
import { storeHold } from '../../../domain/store/holds.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';

const asks = (over: Partial<OperatorRequest> = {}): OperatorRequest => ({
  scope: 'campaign-1',
  who: 'ana',
  reason: 'error rate',
  identity: 'arn:ana',
  ...over,
});
const runningWorld = async (): Promise<World> => {
  const world = aWorld();
  await seedCampaign(world);
  return world;
};
const waitingClaim = (world: World) =>
  storeHold(world, 'halted#campaign-1', 1, aWait({ kind: 'hold', context: { campaignId: 'campaign-1' } }));
const day = 24 * 60;

describe('halt', () => {
  it.each(['campaign-1', '*'])('of %s stops claims and is in the trail with its reason', async (scope) => {
    const world = await runningWorld();
    expect(await halt(world)(asks({ scope }))).toMatchObject({ accepted: true });
    expect(await haltedBy(world, 'campaign-1')).toContain('halted by ana: error rate');
    expect((await trailOf(world, scope)).at(-1)).toMatchObject({
      who: 'ana',
      what: 'halt',
      why: 'error rate',
      evidence: { scope, identity: 'arn:ana', expiresAt: '2026-11-23T12:00:00.000Z' },
    });
  });

  it('leaves a first halt, and its time, as it is', async () => {
    const world = await runningWorld();
    await halt(world)(asks());
    world.clock.advance(60);
    expect(await halt(world)(asks({ who: 'ben' }))).toMatchObject({
      accepted: true,
      message: expect.stringContaining('already halted by ana'),
    });
    expect(await findHalt(world, 'campaign-1')).toMatchObject({ by: 'ana', expiresAt: '2026-11-23T12:00:00.000Z' });
    expect((await trailOf(world)).filter(({ what }) => what === 'halt')).toHaveLength(1);
  });

  it.each<[string, Partial<OperatorRequest>, string]>([
    ['without a reason', { reason: ' ' }, 'reason is empty'],
    ['without a person', { who: '' }, 'who asks is not known'],
    ['of a campaign that is not there', { scope: 'campaign-9' }, 'there is no campaign campaign-9'],
  ])('refuses a request %s', async (_what, over, message) => {
    const world = await runningWorld();
    for (const ask of [halt(world), resume(world), abort(world)])
      expect(await ask(asks(over))).toMatchObject({ accepted: false, message: expect.stringContaining(message) });
  });

  it('refuses a campaign that has ended or is being restored', async () => {
    const world = aWorld();
    await seedCampaign(world, { phase: 'closed', outcome: 'PROMOTED' });
    await seedCampaign(world, { campaignId: 'campaign-2', phase: 'restoring' });
    expect(await halt(world)(asks())).toMatchObject({ accepted: false, message: expect.stringContaining('PROMOTED') });
    expect(await halt(world)(asks({ scope: 'campaign-2' }))).toMatchObject({
      accepted: false,
      message: expect.stringContaining('restoring'),
    });
  });
});

describe('resume', () => {
  it.each(['campaign-1', '*'])('of %s lets the waiting claims go on, and says who did it', async (scope) => {
    const world = await runningWorld();
    await halt(world)(asks({ scope }));
    await waitingClaim(world);
    expect(await resume(world)(asks({ scope, who: 'ben', reason: 'fine' }))).toMatchObject({ accepted: true });
    expect(await haltedBy(world, 'campaign-1')).toBeNull();
    expect(world.functions.queued).toHaveLength(1);
    expect((await trailOf(world, scope)).at(-1)).toMatchObject({
      who: 'ben',
      what: 'resume',
      evidence: { haltedBy: 'ana' },
    });
  });

  it.each([
    ['campaign-1', 'al2023-base'],
    ['*', 'everything'],
  ])('of %s is told to those who were told of the halt, once', async (scope, what) => {
    const world = await runningWorld();
    await halt(world)(asks({ scope }));
    await resume(world)(asks({ scope, who: 'ben', reason: 'fine' }));
    await resume(world)(asks({ scope, who: 'ben', reason: 'fine' }));
    const told = world.notifications.published.filter(({ fact }) => fact === 'resumed');
    expect(told).toMatchObject([{ subject: `Resumed: ${what}, by ben`, reason: 'fine' }]);
    expect(told[0]?.text).toContain('It was halted by ana since');
    await halt(world)(asks({ scope: '*' }));
  });

  it('wakes nobody while everything is halted as well, and says so', async () => {
    const world = await runningWorld();
    await halt(world)(asks());
    await halt(world)(asks({ scope: '*' }));
    await waitingClaim(world);
    expect(await resume(world)(asks())).toMatchObject({ message: expect.stringContaining('everything is still') });
    expect(world.functions.queued).toEqual([]);
    await resume(world)(asks({ scope: '*' }));
    expect(world.functions.queued).toHaveLength(1);
  });

  it('wakes what a crash has left waiting although nothing is halted any more', async () => {
    const world = await runningWorld();
    await waitingClaim(world);
    expect(await resume(world)(asks())).toEqual({ accepted: true, message: 'campaign campaign-1 was not halted' });
    expect(world.functions.queued).toHaveLength(1);
  });
});

describe('abort', () => {
  it('records who and why, then stops the execution', async () => {
    const world = await runningWorld();
    expect(await abort(world)(asks())).toMatchObject({ accepted: true });
    expect(world.executions.stopped).toEqual([
      { executionArn: expect.stringContaining('campaign-1'), cause: 'aborted by ana: error rate' },
    ]);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ reason: 'aborted by ana: error rate' });
  });

  it('does not stop what could not be recorded', async () => {
    const world = await runningWorld();
    const table = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(abort({ ...world, table })(asks())).rejects.toThrow('no network');
    expect(world.executions.stopped).toEqual([]);
  });

  it('needs a campaign', async () => {
    expect(await abort(await runningWorld())(asks({ scope: '*' }))).toMatchObject({ accepted: false });
  });
});

describe('a halt that nobody resolves', () => {
  it('ends the campaign after a day, not before, with the reason', async () => {
    const world = await runningWorld();
    await halt(world)(asks());
    world.clock.advance(day - 1);
    await sweep(world)();
    expect(world.executions.stopped).toEqual([]);
    world.clock.advance(2);
    await sweep(world)();
    expect(world.executions.stopped).toEqual([
      {
        executionArn: expect.stringContaining('campaign-1'),
        cause: 'halted by ana: error rate; nobody resumed within 24 hours',
      },
    ]);
    expect(await findHalt(world, 'campaign-1')).toBeUndefined();
  });

  it('ends every running campaign if it is of everything, and goes on keeping new ones out', async () => {
    const world = await runningWorld();
    await seedCampaign(world, { campaignId: 'campaign-2', executionArn: 'arn:2', phase: 'restoring' });
    await halt(world)(asks({ scope: '*' }));
    world.clock.advance(day + 1);
    await sweep(world)();
    await sweep(world)();
    expect(world.executions.stopped.map(({ executionArn }) => executionArn)).toEqual([
      expect.stringContaining('campaign-1'),
    ]);
    expect(await findHalt(world, '*')).toMatchObject({ by: 'ana' });
    expect((await trailOf(world, '*')).map(({ what }) => what)).toEqual(['halt', 'halt expired']);
  });

  it('does nothing to a campaign that was resumed', async () => {
    const world = await runningWorld();
    await halt(world)(asks());
    await resume(world)(asks());
    world.clock.advance(day + 1);
    await sweep(world)();
    expect(world.executions.stopped).toEqual([]);
  });
});
