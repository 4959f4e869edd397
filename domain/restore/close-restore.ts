import { AccessDenied } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import { eachTarget } from '../promotion/each-target.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Promotion } from '../records/promotion.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { readCurrentImage } from '../stack/current-image.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { rememberedParameter } from '../store/parameters.ts';
import { findCurrent, promotionsOf } from '../store/promotions.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import { targetName } from '../target.ts';
import { isOfAnEarlierRestore } from './earlier-restore.ts';
import { laterCampaign } from './later-campaign.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'stacks' | 'parameters'>;

/** All touched stacks as they are now, from unnamed pages of the targets that have one; and the targets that refuse us. */
const readTouched = async (
  { stacks }: Needs,
  touched: readonly StackRecord[],
): Promise<{ readonly found: ReadonlyMap<string, StackFacts>; readonly refused: ReadonlyMap<string, string> }> => {
  const found = new Map<string, StackFacts>();
  const refused = new Map<string, string>();
  const targets = Map.groupBy(touched, targetName);
  await Promise.all(
    [...targets.values()].map(async ([first]) => {
      if (!first) return;
      try {
        for await (const page of stacks.list(first)) for (const stack of page) found.set(stack.stackId, stack);
      } catch (error) {
        if (!(error instanceof AccessDenied)) throw error;
        refused.set(targetName(first), error.message);
      }
    }),
  );
  return { found, refused };
};

/** What is wrong with a stack that the restore says is back, or has not dealt with; empty: nothing. */
const complaint = async (
  ports: Needs,
  record: StackRecord,
  stack: StackFacts | undefined,
  refusal: string | undefined,
): Promise<string> => {
  if (refusal !== undefined) return `not proven to be back: ${refusal}`;
  if (!stack) return 'not put back: the stack was deleted';
  if (record.status !== 'restored') return `not put back: its restore ended while it was ${record.status}`;
  const image = (await readCurrentImage(ports, stack, record))?.image;
  return image === record.previous?.image ? '' : `not put back: the last look found it on ${image ?? 'no image'}`;
};

/**
 * An SSM parameter that still holds the campaign's image would bring it back with the stack's next update, whoever makes
 * it: CloudFormation's own rollback does not touch it. Empty where it is as it was, or where somebody else has set it since.
 */
const parameterComplaint = async (ports: Needs, record: StackRecord): Promise<string> => {
  const { ssmParameter: name, previous } = record;
  if (name === null || !previous) return '';
  const before = await rememberedParameter(ports, record.campaignId, record, name);
  // Nothing was written to it, or it had the image before.
  if (!before || before.previous.value === record.image) return '';
  try {
    const now = await ports.parameters.find(record, name);
    if (!now) return `not put back: its SSM parameter ${name} was deleted`;
    return now.value === record.image
      ? `not put back: its SSM parameter ${name} still holds ${now.value}; set it to ${before.previous.value}`
      : '';
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return `its SSM parameter is not proven to be back: ${error.message}`;
  }
};

/** Everything of the stack is as it was, or why not. */
const look = async (
  ports: Needs,
  record: StackRecord,
  stack: StackFacts | undefined,
  refusal: string | undefined,
  rollback: Campaign['rollback'],
): Promise<string> => {
  // Back since an earlier restore: what has become of it since is not this one's business.
  if (record.status === 'restored' && isOfAnEarlierRestore(record, rollback)) return '';
  const found = await complaint(ports, record, stack, refusal);
  return found === '' ? parameterComplaint(ports, record) : found;
};

/** A stack that was left alone because a later campaign has moved it: its reason says which. */
const nameLaterCampaign = async (ports: Needs, record: StackRecord, stack: StackFacts | undefined): Promise<void> => {
  const image = stack && (await readCurrentImage(ports, stack, record))?.image;
  if (image === undefined || image === record.image || image === record.previous?.image) return;
  const later = await laterCampaign(ports, record, image);
  const why = `campaign ${later ?? ''} has brought it to ${image}`;
  if (later === null || record.reason.endsWith(why)) return;
  await changeStack(
    ports,
    record,
    { reason: `${record.reason}; ${why}` },
    { who: 'Close Restore', what: 'later campaign found', why },
  );
};

/** What is wrong with a promotion that the restore has dealt with, or has not; empty: nothing. */
const promotionComplaint = async (ports: Needs, promotion: Promotion): Promise<string> => {
  const { state, campaignId, family, environment, parameter, account, region, image, previousImage } = promotion;
  const where = `${parameter} in ${account}/${region}`;
  if (state === 'intended' || state === 'promoted') return where;
  if (state === 'superseded' || previousImage === image) return '';
  try {
    if ((await ports.parameters.find(promotion, parameter))?.value !== image) return '';
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return `${where} (${error.message})`;
  }
  // Back since an earlier restore, and a later campaign has promoted the same image.
  const current = await findCurrent(ports, family, environment, promotion);
  return current?.image === image && current.campaignId !== campaignId ? '' : `${where} (it still holds ${image})`;
};

/** The use case behind Close Restore: the last pass over everything that was touched, and the outcome. */
export const closeRestore =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const endedAt = ports.clock.now().toISOString();
    const { rollback } = await getCampaign(ports, campaignId);
    const touched: StackRecord[] = [];
    for await (const record of stackRecords(ports, campaignId)) {
      if (record.touched) touched.push(record);
      else if (['pending', 'holding', 'updating', 'verifying', 'failed'].includes(record.status))
        await changeStack(
          ports,
          record,
          { status: 'skipped', reason: 'campaign ended', endedAt },
          {
            who: 'Close Restore',
            what: 'skipped',
            why: 'campaign ended',
          },
        );
    }
    const { found, refused } = await readTouched(ports, touched);
    let quarantined = 0;
    for (const record of touched) {
      const why =
        record.status === 'quarantined'
          ? record.reason
          : await look(ports, record, found.get(record.stackId), refused.get(targetName(record)), rollback);
      if (why === '') continue;
      quarantined += 1;
      if (record.status === 'quarantined') {
        await nameLaterCampaign(ports, record, found.get(record.stackId));
        continue;
      }
      const reason = record.reason === '' ? why : `${record.reason}; ${why}`;
      await changeStack(
        ports,
        record,
        { status: 'quarantined', reason, endedAt },
        {
          who: 'Close Restore',
          what: 'quarantined',
          why,
        },
      );
    }
    const promotions = await Array.fromAsync(promotionsOf(ports, campaignId));
    const complaints = await eachTarget(promotions, (one) => promotionComplaint(ports, one), { afterFailure: 'stop' });
    const stuck = complaints.filter((one) => one !== '');
    const outcome = quarantined === 0 && stuck.length === 0 ? ('RESTORED' as const) : ('RESTORE_INCOMPLETE' as const);
    const campaign = await getCampaign(ports, campaignId);
    if (campaign.conclusion === null)
      await changeCampaign(
        ports,
        campaignId,
        { conclusion: outcome },
        {
          who: 'Close Restore',
          what: outcome,
          why: [
            `${touched.length - quarantined} of ${touched.length} touched stacks are back on their previous image`,
            ...(stuck.length === 0 ? [] : [`promotion parameters not put back: ${stuck.join(', ')}`]),
          ].join('; '),
        },
      );
    return { outcome, restored: touched.length - quarantined, quarantined };
  };
