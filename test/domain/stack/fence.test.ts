import { describe, expect, it } from '@jest/globals';
import { assertFence, fencedBecause } from '../../../domain/stack/fence.ts';
import { releaseLease, takeLease } from '../../../domain/store/leases.ts';
import { stackStatuses } from '../../../domain/words.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';

const phases = ['running', 'restoring', 'promoted', 'closed'] as const;
const open = (
  phase: (typeof phases)[number],
  direction: 'forward' | 'restore',
  status: (typeof stackStatuses)[number],
) => fencedBecause({ phase, breachedRing: null }, direction, { status }) === null;

describe('fencedBecause', () => {
  it('lets a stack forward in a running campaign only', () => {
    expect(phases.filter((phase) => open(phase, 'forward', 'updating'))).toEqual(['running']);
  });

  it('lets every stack back in a campaign that is being restored, and none once it has ended', () => {
    const backIn = (phase: (typeof phases)[number]) => stackStatuses.filter((status) => open(phase, 'restore', status));
    expect(backIn('restoring')).toEqual(stackStatuses);
    expect(backIn('promoted')).toEqual([]);
    expect(backIn('closed')).toEqual([]);
  });

  it('lets back only what has failed, or is on its way, while the campaign goes on', () => {
    expect(stackStatuses.filter((status) => open('running', 'restore', status))).toEqual(['failed', 'restoring']);
  });
});

describe('assertFence', () => {
  it('reads the campaign anew and names stack and reason', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    const record = aStackRecord({ campaignId: campaign.campaignId });
    await expect(assertFence(world, record, 'forward')).resolves.toBeUndefined();
    await expect(assertFence(world, record, 'restore')).rejects.toMatchObject({
      name: 'Fenced',
      message: 'app-0001 was not written: the campaign is running, nothing is restored',
    });
  });

  it('says why nothing goes forward any more', async () => {
    const world = aWorld();
    await seedCampaign(world, { phase: 'restoring' });
    await expect(assertFence(world, aStackRecord(), 'forward')).rejects.toThrow(
      'app-0001 was not written: the campaign is restoring',
    );
  });

  it("lets a record of before leases had numbers write under the campaign's own lease", async () => {
    const world = aWorld();
    await seedCampaign(world);
    const record = aStackRecord();
    await takeLease(world, 'campaign-1', record.stackId);
    await expect(assertFence(world, record, 'forward')).resolves.toBeUndefined();
    await releaseLease(world, 'campaign-1', record.stackId);
    await takeLease(world, 'campaign-2', record.stackId);
    await expect(assertFence(world, record, 'forward')).rejects.toThrow('campaign-2 has taken the stack over');
  });

  it('refuses an invocation whose lease another campaign has taken over', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const lease = (await takeLease(world, 'campaign-1', aStackRecord().stackId)) ?? 0;
    const record = aStackRecord({ lease });
    await expect(assertFence(world, record, 'forward')).resolves.toBeUndefined();
    world.clock.advance(13 * 60);
    // Expired, but nobody else has it: it is still the holder's.
    await expect(assertFence(world, record, 'forward')).resolves.toBeUndefined();
    await takeLease(world, 'campaign-2', record.stackId);
    await expect(assertFence(world, record, 'forward')).rejects.toMatchObject({
      name: 'Fenced',
      message: 'app-0001 was not written: campaign campaign-2 has taken the stack over',
    });
  });

  it('refuses an invocation that has outlived its own claim', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const lease = (await takeLease(world, 'campaign-1', aStackRecord().stackId)) ?? 0;
    const record = aStackRecord({ lease });
    await releaseLease(world, 'campaign-1', record.stackId);
    await expect(assertFence(world, record, 'forward')).rejects.toThrow('its lease was given back');
    await takeLease(world, 'campaign-1', record.stackId);
    await expect(assertFence(world, record, 'forward')).rejects.toThrow('its lease 1 was followed by lease 2');
  });
});
