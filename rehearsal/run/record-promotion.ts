import type { Table } from '../../domain/ports/table.ts';
import { schemaVersion } from '../../domain/records/schema-version.ts';
import { storeCurrent } from '../../domain/store/promotions.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** The campaign that brought the fleet to the image it runs. */
export const earlierCampaign = 'earlier';

/**
 * What an earlier campaign has left: the image that the fleet runs is on record as the family's current one, in the
 * regions where stacks are and nowhere else.
 */
export const recordPromotion = async (
  ports: { readonly table: Table },
  { images, fleet }: Pick<ScenarioWorld, 'images' | 'fleet'>,
  { image: { family } }: Pick<Scenario, 'image'>,
  account: string,
): Promise<void> => {
  const regions = new Set(fleet.stacks.map(({ region }) => region));
  for (const [region, image] of images.previous) {
    if (!regions.has(region)) continue;
    await storeCurrent(ports, {
      schemaVersion,
      campaignId: earlierCampaign,
      family,
      environment: 'production',
      account,
      region,
      parameter: `/ami-rollout/${family}/production/image`,
      image,
      previousImage: null,
      at: new Date(Date.now()).toISOString(),
      state: 'promoted',
    });
  }
};
