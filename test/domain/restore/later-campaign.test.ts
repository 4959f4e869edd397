import { describe, expect, it } from '@jest/globals';
import { laterCampaign } from '../../../domain/restore/later-campaign.ts';
import { stackItem } from '../../../domain/store/stack-records.ts';
import { foreignImage, newImage } from '../fakes/names.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';

const own = aStackRecord({ touched: true, image: foreignImage });
const other = { campaignId: 'campaign-2', touched: true, image: foreignImage };
const asked = async (...records: readonly Parameters<typeof aStackRecord>[0][]) => {
  const world = aWorld();
  const items = records.map((over, index) => stackItem(aStackRecord(over), `2026-11-22T1${index}:00:00.000Z`));
  await world.table.putAll([stackItem(own, '2026-11-22T09:00:00.000Z'), ...items]);
  return laterCampaign(world, own, foreignImage);
};

describe('laterCampaign', () => {
  it('is the one that has moved the stack to the image', async () => {
    expect(await asked(other)).toBe('campaign-2');
  });

  it('is the newest where several have', async () => {
    expect(await asked(other, { ...other, campaignId: 'campaign-3' })).toBe('campaign-3');
  });

  it.each([
    ['has never touched the stack', { ...other, touched: false }],
    ['has moved it to another image', { ...other, image: newImage }],
    ['has moved another stack', { ...other, stackName: 'app-0002' }],
  ])('is not one that %s', async (_what, record) => {
    expect(await asked(record)).toBeNull();
  });

  it('is not the campaign itself', async () => {
    expect(await asked()).toBeNull();
  });
});
