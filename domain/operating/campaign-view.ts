import { adoptionOf, type Adoption } from '../campaign/adoption.ts';
import { correlationOf } from '../correlation.ts';
import type { Approval } from '../records/approval.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { countStatuses, type StatusCounts } from '../ring/counts.ts';
import { evidenceRows } from '../ring/evidence-text.ts';
import type { StoredVerdict } from '../store/verdicts.ts';
import type { SeenStack } from './seen-stacks.ts';
import { estimateEnd, type Estimate, type RingSettings } from './estimate.ts';

/** How far a ring is. */
export type RingState = 'waiting' | 'in work' | 'baking' | 'awaiting approval' | 'finished';

/** A request for approval with its evidence, also in sentences. */
export type ApprovalView = Omit<Approval, 'schemaVersion' | 'asked'> & {
  readonly summary: readonly { readonly label: string; readonly text: string }[];
};

/** One ring as an operator sees it. */
export interface RingView {
  readonly ring: string;
  readonly planned: number;
  readonly state: RingState;
  readonly counts: StatusCounts;
  readonly approval: ApprovalView | null;
}

/** Stacks that have one reason in common. */
export interface Cause {
  readonly status: StackRecord['status'];
  readonly reason: string;
  readonly stacks: number;
  /** The first few, as `name (account/region)`. */
  readonly examples: readonly string[];
}

/** A campaign as an operator sees it. */
export interface CampaignView {
  readonly campaign: Campaign;
  /** In every log line and request token of the campaign. */
  readonly correlationId: string;
  /** By whom and why nothing new is claimed now; null where claims go on. */
  readonly halted: string | null;
  readonly counts: StatusCounts;
  readonly rings: readonly RingView[];
  readonly gates: readonly Pick<StoredVerdict, 'gate' | 'ring' | 'passed' | 'reasons' | 'codes' | 'startedAt' | 'at'>[];
  /** Everything that did not simply succeed, by root cause: the worst first, then the most frequent; what follows from them last. */
  readonly causes: readonly Cause[];
  /** How far the image has come to the instances; null where nothing is to be moved. */
  readonly adoption: Adoption | null;
  /** Null where nothing is left to come. */
  readonly estimate: Estimate | null;
}

/** What a view is made of. */
export interface CampaignFacts {
  readonly campaign: Campaign;
  readonly records: readonly SeenStack[];
  readonly verdicts: readonly StoredVerdict[];
  readonly approvals: readonly Approval[];
  readonly halted: string | null;
  readonly settings: readonly RingSettings[];
  readonly now: Date;
}

const settled = new Set<StackRecord['status']>(['done', 'failed', 'skipped', 'restored', 'quarantined']);
const examplesShown = 5;
/** What somebody who was woken up has to see first. */
const worst: readonly StackRecord['status'][] = ['quarantined', 'failed', 'restored', 'skipped'];

const stateOf = (
  own: readonly SeenStack[],
  approval: Approval | undefined,
  { campaign, laterBegan }: { readonly campaign: Campaign; readonly laterBegan: boolean },
): RingState => {
  if (campaign.phase === 'closed' || campaign.phase === 'promoted' || laterBegan) return 'finished';
  // On the way back nothing bakes and nobody is asked: a ring is at work or is over.
  if (campaign.phase === 'restoring' && own.some(({ claimedAt }) => claimedAt !== null))
    return own.every(({ status }) => settled.has(status)) ? 'finished' : 'in work';
  if (approval?.state === 'open') return 'awaiting approval';
  if (approval?.state === 'approved') return 'finished';
  if (own.some(({ status }) => !settled.has(status)))
    return own.some(({ claimedAt }) => claimedAt !== null) ? 'in work' : 'waiting';
  return own.some(({ claimedAt }) => claimedAt !== null) ? 'baking' : 'waiting';
};

/** Ids, the stack's own name and what CloudFormation appends to names differ from stack to stack where the cause is the same. */
const rootOf = ({ reason, stackName }: SeenStack): string =>
  reason
    .replaceAll(stackName, '…')
    .replaceAll(/\b(i|ami|sg|subnet|lt|vol)-[0-9a-f]{6,17}\b/g, '$1-…')
    .replaceAll(/-[0-9A-Z]{12,13}\b/g, '-…');

/** What was put back or left alone because the campaign ended: it follows from the causes, and is none. */
const follows = ({ status, reason }: Cause): boolean =>
  (status === 'restored' && reason.startsWith('restored to ')) || reason === 'campaign ended';

const causesOf = (records: readonly SeenStack[]): readonly Cause[] => {
  const trouble = records.filter(
    ({ status, reason }) => settled.has(status) && status !== 'done' && reason !== 'current',
  );
  return [...Map.groupBy(trouble, (record) => `${record.status}\0${rootOf(record)}`).values()]
    .map((same) => ({
      status: same[0]?.status ?? 'failed',
      reason: same[0]?.reason ?? '',
      stacks: same.length,
      examples: same
        .slice(0, examplesShown)
        .map(({ stackName, account, region }) => `${stackName} (${account}/${region})`),
    }))
    .sort(
      (a, b) =>
        Number(follows(a)) - Number(follows(b)) ||
        worst.indexOf(a.status) - worst.indexOf(b.status) ||
        b.stacks - a.stacks,
    );
};

const withSummary = ({ schemaVersion: _v, asked: _a, ...rest }: Approval): ApprovalView => ({
  ...rest,
  summary:
    rest.evidence === undefined ? [] : evidenceRows(rest.evidence, rest.auto).map(([label, text]) => ({ label, text })),
});

/** Puts together what is known of a campaign; the counts are those of the stack records and of nothing else. */
export const campaignView = (facts: CampaignFacts): CampaignView => {
  const { campaign, records, verdicts, approvals, halted, settings, now } = facts;
  const byRing = Map.groupBy(records, ({ ring }) => ring);
  const began = campaign.ringNames.map((ring) => (byRing.get(ring) ?? []).some(({ claimedAt }) => claimedAt !== null));
  const rings = campaign.ringNames.map((ring, index): RingView => {
    const own = byRing.get(ring) ?? [];
    const approval = approvals.find((one) => one.ring === ring);
    const shown = approval && withSummary(approval);
    return {
      ring,
      planned: own.length,
      state: stateOf(own, approval, { campaign, laterBegan: began.slice(index + 1).includes(true) }),
      counts: countStatuses(own),
      approval: shown ?? null,
    };
  });
  return {
    campaign,
    correlationId: correlationOf(campaign.campaignId),
    halted,
    counts: countStatuses(records),
    rings,
    gates: verdicts
      .map(({ gate, ring, passed, reasons, codes, startedAt, at }) => ({
        gate,
        ring,
        passed,
        reasons,
        codes,
        startedAt,
        at,
      }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
    causes: causesOf(records),
    adoption: adoptionOf(campaign, records),
    // The way back is not planned in rounds.
    estimate:
      campaign.outcome === null && campaign.phase !== 'restoring'
        ? estimateEnd({ rings, records, settings, now })
        : null,
  };
};
