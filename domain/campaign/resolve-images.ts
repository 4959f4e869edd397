import { verdict } from '../gates/verdict.ts';
import type { ImageFacts } from '../ports/images.ts';
import { targetRegions } from '../planning/find-targets.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { imageTags } from '../words.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

/** The usable copy of the campaign's build in a region: by source id, else by family and build tag; newest first. */
const copyIn = async (
  { images, surroundings, configuration }: Needs,
  campaign: Campaign,
  region: string,
): Promise<ImageFacts | undefined> => {
  const { account } = surroundings().hub;
  const target = { account, region };
  // Anybody may copy a shared image under any content: only copies of accepted owners count.
  const family = configuration().families.find(({ name }) => name === campaign.family);
  const owners = (family?.owners ?? []).map((owner) => (owner === 'self' ? account : owner));
  if (region === campaign.image.region) return images.find(target, campaign.image.id);
  const original = await images.find({ ...target, region: campaign.image.region }, campaign.image.id);
  const ids = [campaign.image.id, ...(original?.source ? [original.source.id] : [])];
  const copies = (await Promise.all(ids.map((id) => images.findCopies(target, id)))).flat();
  const tagged =
    copies.length > 0 || original?.tags[imageTags.buildId] === undefined
      ? []
      : await images.findByTags(target, {
          [imageTags.family]: campaign.family,
          [imageTags.buildId]: original.tags[imageTags.buildId] ?? '',
        });
  // The build may have been made in another region than the event's: its original counts as well.
  const source = original?.source?.region === region ? await images.find(target, original.source.id) : undefined;
  return [...copies, ...tagged, ...(source ? [source] : [])]
    .filter(({ state, owner }) => state === 'available' && owners.includes(owner))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
};

/** The use case behind Resolve Images: the image set of the campaign, one id for each region in scope. */
export const resolveImages =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    const regions = [...targetRegions(ports.configuration())].sort();
    const found = await Promise.all(
      regions.map(async (region) => ({ region, image: await copyIn(ports, campaign, region) })),
    );
    const reasons = found.flatMap(({ region, image }) =>
      image
        ? []
        : [
            `There is no usable copy of ${campaign.image.id} in ${region}: copy it there, or take the region out of targets.`,
          ],
    );
    const imageSet = Object.fromEntries(found.flatMap(({ region, image }) => (image ? [[region, image.id]] : [])));
    const judged = verdict('Resolve Images', reasons, { imageSet, build: campaign.build }, ports.clock.now());
    if (Object.keys(campaign.imageSet).length === 0)
      await changeCampaign(
        ports,
        campaignId,
        { imageSet },
        {
          who: 'Resolve Images',
          what: 'image set resolved',
          why: `${Object.keys(imageSet).length} of ${regions.length} regions have the build`,
          evidence: { imageSet },
        },
      );
    return { ...(await recordVerdict(ports, campaignId, judged)), regions: Object.keys(imageSet).length };
  };
