import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { changeImageHold } from '../store/image-holds.ts';
import { stackRecords } from '../store/stack-records.ts';
import { holdImage } from './hold-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

/** The images that the campaign's stacks would go back to, by region: what the promotion replaces. */
const replacedImages = async (
  ports: Pick<Ports, 'table'>,
  campaign: Campaign,
): Promise<readonly { readonly region: string; readonly imageId: string }[]> => {
  const found = new Map<string, { region: string; imageId: string }>();
  for await (const { status, region, previous } of stackRecords(ports, campaign.campaignId)) {
    const imageId = previous?.image;
    if (status !== 'done' || imageId === undefined || imageId === campaign.imageSet[region]) continue;
    found.set(`${region}#${imageId}`, { region, imageId });
  }
  return [...found.values()];
};

/** Holds what the promotion is about to replace. The record is there before anything is done to the image. */
export const holdPreviousImages = async (ports: Needs, campaign: Campaign): Promise<void> => {
  const { campaignId, family } = campaign;
  for (const { region, imageId } of await replacedImages(ports, campaign)) {
    const replacedAt = ports.clock.now().toISOString();
    const hold = await changeImageHold(ports, { region, imageId }, (now) =>
      now?.campaigns.at(-1) === campaignId
        ? null
        : {
            schemaVersion,
            imageId,
            region,
            family,
            campaigns: [...(now?.campaigns ?? []).filter((id) => id !== campaignId), campaignId],
            replacedAt,
            state: 'intended',
            reason: '',
            protectedByUs: now !== undefined && now.state !== 'released' && now.protectedByUs,
            deprecateAt: now?.deprecateAt ?? null,
            unneededSince: null,
          },
    );
    if (hold !== undefined) await holdImage(ports, hold, 'Promote Image');
  }
};
