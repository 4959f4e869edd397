import { describe, expect, it } from '@jest/globals';
import { recordUnopened } from '../../../domain/campaign/unopened.ts';
import { findCampaign } from '../../../domain/store/campaigns.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld } from '../fakes/world.ts';

const of = { campaignId: 'campaign-1', executionArn: 'arn', reason: 'AccessDenied: no' };
const at = '2026-11-22T12:00:00.000Z';

describe('recordUnopened', () => {
  it('records a campaign that was rejected before it was known what it is about', async () => {
    const world = aWorld();
    const campaign = await recordUnopened(world, of);
    const expected = aCampaign({
      executionArn: 'arn',
      family: '',
      image: { id: '', region: '' },
      imageSet: {},
      build: '',
      builtAt: '',
      startedAt: at,
      endedAt: at,
      phase: 'closed',
      planHash: '',
      planned: 0,
      conclusion: 'REJECTED',
      outcome: 'REJECTED',
      reason: 'AccessDenied: no',
    });
    expect(campaign).toEqual(expect.objectContaining({ ...expected }));
    expect(await trailOf(world)).toMatchObject([{ what: 'REJECTED', why: 'AccessDenied: no' }]);
  });

  it('leaves a record alone that is there by now', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    expect(await recordUnopened(world, of)).toMatchObject(campaign);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ outcome: null });
  });
});
