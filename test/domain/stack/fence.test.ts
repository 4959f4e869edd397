import { describe, expect, it } from '@jest/globals';
import { assertFence, fencedBecause } from '../../../domain/stack/fence.ts';
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
});
