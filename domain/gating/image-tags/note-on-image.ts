import type { Ports } from '../../ports/index.ts';
import type { Campaign } from '../../records/campaign.ts';
import type { VerdictTag } from '../../records/image-record.ts';
import type { Verdict } from '../../records/verdict.ts';
import { getCampaign } from '../../store/campaigns.ts';
import { findImageRecord, recordOnImage } from '../../store/image-records.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'functions' | 'surroundings'>;

/** Has the tags of the build's images brought in line with its record, by the one function that writes them. */
export const queueTags = async (
  { functions, surroundings }: Pick<Ports, 'functions' | 'surroundings'>,
  { family, build, campaignId }: Pick<Campaign, 'family' | 'build' | 'campaignId'>,
): Promise<void> => functions.queue(surroundings().writeTagsFunctionName, { family, build, campaignId });

/** Keeps what a gate has found in the build's record, and has the image's tag follow. A skipped gate has found nothing. */
export const noteOnImage = async (
  ports: Needs,
  campaignId: string,
  tag: VerdictTag,
  { gate, passed, at, skipped }: Pick<Verdict, 'gate' | 'passed' | 'at' | 'skipped'>,
): Promise<void> => {
  if (skipped || !ports.configuration().gates.writeTags) return;
  const campaign = await getCampaign(ports, campaignId);
  await recordOnImage(ports, campaign, tag, { value: passed ? 'passed' : 'failed', gate, campaignId, at });
  await queueTags(ports, campaign);
};

/**
 * The tags that are our own writing, by key, with the value that is on record; none where tags are not written. The
 * image's tags are not asked: anybody may have written them.
 */
export const recordedTags = async (
  ports: Pick<Ports, 'table' | 'configuration'>,
  campaign: Pick<Campaign, 'family' | 'build'>,
): Promise<Readonly<Record<string, string>>> => {
  if (!ports.configuration().gates.writeTags) return {};
  const record = await findImageRecord(ports, campaign);
  return Object.fromEntries(Object.entries(record?.verdicts ?? {}).map(([key, { value }]) => [key, value]));
};
