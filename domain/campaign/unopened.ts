import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { createCampaign, getCampaign } from '../store/campaigns.ts';

/** Whether the campaign's execution ended before anything was known of it: it has its outcome from the start. */
export const isUnopened = ({ family, image, startedAt, endedAt }: Campaign): boolean =>
  family === '' && image.id === '' && startedAt === endedAt;

/**
 * The record of a campaign whose execution ended before Open Campaign could write one: refused, with the reason. Gives
 * the record that is there, which may be another invocation's.
 */
export const recordUnopened = async (
  ports: Pick<Ports, 'table' | 'clock' | 'configuration'>,
  of: { readonly campaignId: string; readonly executionArn: string; readonly reason: string },
): Promise<Campaign> => {
  const at = ports.clock.now().toISOString();
  const campaign: Campaign = {
    schemaVersion,
    campaignId: of.campaignId,
    executionArn: of.executionArn,
    family: '',
    category: 'base',
    environments: [],
    image: { id: '', region: '' },
    imageSet: {},
    build: '',
    builtAt: '',
    starter: 'unknown',
    startReason: '',
    dryRun: false,
    allowOlder: false,
    startedAt: at,
    endedAt: at,
    phase: 'closed',
    fence: 1,
    planHash: '',
    planned: 0,
    ringNames: ports.configuration().rings.map(({ name }) => name),
    leftOut: [],
    breachedRing: null,
    conclusion: 'REJECTED',
    outcome: 'REJECTED',
    reason: of.reason,
    told: false,
    restore: null,
    rollback: null,
  };
  await createCampaign(ports, campaign, { who: 'Report', what: 'REJECTED', why: of.reason });
  return getCampaign(ports, of.campaignId);
};
