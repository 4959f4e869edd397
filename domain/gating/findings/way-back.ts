import type { Ports } from '../../ports/index.ts';
import type { Finding } from '../../ports/scans.ts';
import type { Campaign } from '../../records/campaign.ts';
import { stackRecords } from '../../store/stack-records.ts';
import { reasonsToday } from './judge-again.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'scans' | 'surroundings'>;

/** The images that the campaigns' stacks would go back to, by region. */
const imagesBefore = async (ports: Needs, campaigns: readonly Campaign[]) => {
  const found = new Map<string, { readonly region: string; readonly id: string }>();
  for (const { campaignId } of campaigns)
    for await (const { touched, status, previous, image, region } of stackRecords(ports, campaignId))
      if (touched && status === 'done' && previous && previous.image !== image)
        found.set(`${region}#${previous.image}`, { region, id: previous.image });
  return [...found.values()].sort((a, b) => `${a.region}#${a.id}`.localeCompare(`${b.region}#${b.id}`));
};

/**
 * Why stacks must not go back by themselves from these findings; null where they may. Each image before has to be there,
 * and to be without at least one of the findings that count: going from one vulnerable image to the other mends nothing.
 */
export const whyNotBack = async (
  ports: Needs,
  campaigns: readonly Campaign[],
  findings: readonly Finding[],
): Promise<string | null> => {
  const { account } = ports.surroundings().hub;
  const before = await imagesBefore(ports, campaigns);
  const [campaign] = campaigns;
  if (!campaign || before.length === 0) return 'no stack has an image to go back to';
  for (const { region, id } of before) {
    const target = { account, region };
    const image = await ports.images.find(target, id);
    if (image?.state !== 'available') return `the image before, ${id} in ${region}, is ${image?.state ?? 'gone'}`;
    if ((await ports.scans.coverage(target, id)).state !== 'finished') continue;
    const known = new Set((await ports.scans.findings(target, id)).map((finding) => finding.id));
    const rid = findings.filter((finding) => !known.has(finding.id));
    if (reasonsToday(ports, campaign, rid).length === 0)
      return `the image before, ${id} in ${region}, has the same findings`;
  }
  return null;
};
