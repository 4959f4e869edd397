import type { Configuration } from '../configuration.ts';
import type { Ports } from '../ports/index.ts';
import { revocationText } from '../gates/revocation-text.ts';
import { findCampaign } from '../store/campaigns.ts';
import { findImageRecord } from '../store/image-records.ts';
import { findNewest } from '../store/newest.ts';
import type { BuildFacts } from './build-facts.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration'>;

const daysSince = (at: string, now: Date): number => Math.floor((now.getTime() - Date.parse(at)) / 86_400_000);

const tooOld = (builtAt: string, now: Date, { newWithinDays }: Configuration['campaigns']): string | null => {
  const days = daysSince(builtAt, now);
  return days >= newWithinDays
    ? `it was built ${days} days ago, so somebody has copied or re-enabled it (campaigns.newWithinDays is ${newWithinDays})`
    : null;
};

/**
 * Why an image that nobody has asked for starts no campaign; null where it may. EC2 announces copies and re-enabled images
 * like new ones: what is older than what the family has seen is none, and what has been refused or put back is tried again
 * by hand only.
 */
export const whyNoNews = async (
  ports: Needs,
  family: string,
  { build, builtAt }: BuildFacts,
): Promise<string | null> => {
  const old = tooOld(builtAt, ports.clock.now(), ports.configuration().campaigns);
  if (old !== null) return old;
  const revoked = (await findImageRecord(ports, { family, build }))?.revoked;
  if (revoked) return `it was ${revocationText(revoked)}`;
  const newest = await findNewest(ports, family);
  if (!newest) return null;
  if (newest.build !== build)
    return builtAt < newest.builtAt ? `campaign ${newest.campaignId} has brought a newer image already` : null;
  const outcome = (await findCampaign(ports, newest.campaignId))?.outcome ?? null;
  return outcome === null || outcome === 'PROMOTED'
    ? null
    : `campaign ${newest.campaignId} of the same build ended ${outcome}: only a start by hand tries it again`;
};
