import type { SealedHeads } from '../audit/heads.ts';
import { correlationOf } from '../correlation.ts';
import { adoptionOf, type Adoption } from './adoption.ts';
import type { FindingDelta } from '../gates/finding-delta.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { Drill } from '../records/drill.ts';
import { countStatuses, type StatusCounts } from '../ring/counts.ts';
import type { RingWait } from '../store/ring-state.ts';
import type { StoredVerdict } from '../store/verdicts.ts';
import { minutesBetween } from '../telling/compose.ts';
import { minutesOf } from '../telling/ring-lists.ts';
import { stackLists, type StackLists } from '../telling/stack-lists.ts';
import type { Outcome } from '../words.ts';
import { deltaOf } from './finding-delta-of.ts';

/** The record of how a campaign ended, for people and machines; kept in the plan store. */
export interface FinalReport {
  readonly schemaVersion: 1;
  readonly campaignId: string;
  /** In every log line and request token of the campaign. */
  readonly correlationId: string;
  readonly family: string;
  readonly category: string;
  readonly environments: readonly string[];
  readonly image: string;
  readonly imageSet: Readonly<Record<string, string>>;
  readonly starter: string;
  readonly startReason: string;
  /** What it has drilled, and how that went; null, or missing in reports of before: it was no drill. */
  readonly drill?: Drill | null;
  readonly startedAt: string;
  readonly endedAt: string;
  /** From its start to its end. */
  readonly minutes: number;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly rings: readonly {
    readonly ring: string;
    readonly planned: number;
    readonly counts: StatusCounts;
    /** From its first claim to its last end; null where nothing was claimed. */
    readonly minutes: number | null;
  }[];
  /** Every stack, by what became of it. */
  readonly stacks: StackLists;
  readonly leftOut: Campaign['leftOut'];
  /** How far and how fast the image has come; null where nothing was to be moved. */
  readonly adoption: Adoption | null;
  /** Rings that had to wait for a calendar or a window, before they began or while they ran. */
  readonly waits: readonly (RingWait & { readonly ring: string })[];
  /** Every verdict in the order of time. */
  readonly gates: readonly Pick<StoredVerdict, 'gate' | 'ring' | 'passed' | 'reasons' | 'startedAt' | 'at'>[];
  /** The findings against those of the image in use; null where no scan was judged. */
  readonly findings: FindingDelta | null;
  /** The hash of all heads of the audit trail: whoever keeps it can prove later that nothing was removed or changed. */
  readonly audit?: SealedHeads;
}

/** What a report is made of, beside the campaign. */
export interface ReportFacts {
  readonly records: readonly StackRecord[];
  /** Ids of the stacks that rings count among their failures. */
  readonly failures: ReadonlySet<string>;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly endedAt: string;
  readonly verdicts: readonly StoredVerdict[];
  readonly waits: FinalReport['waits'];
  readonly audit?: SealedHeads;
}

export const finalReport = (campaign: Campaign, facts: ReportFacts): FinalReport => {
  const { records, failures, outcome, reason, endedAt, waits } = facts;
  const verdicts = facts.verdicts.toSorted((a, b) => a.at.localeCompare(b.at));
  return {
    schemaVersion: 1,
    campaignId: campaign.campaignId,
    correlationId: correlationOf(campaign.campaignId),
    family: campaign.family,
    category: campaign.category,
    environments: campaign.environments,
    image: campaign.image.id,
    imageSet: campaign.imageSet,
    starter: campaign.starter,
    startReason: campaign.startReason,
    drill: campaign.drill ?? null,
    startedAt: campaign.startedAt,
    endedAt,
    minutes: minutesBetween(campaign.startedAt, endedAt),
    outcome,
    reason,
    rings: campaign.ringNames.map((ring) => {
      const own = records.filter((record) => record.ring === ring);
      return { ring, planned: own.length, counts: countStatuses(own), minutes: minutesOf(own, endedAt) };
    }),
    stacks: stackLists(records, failures),
    leftOut: campaign.leftOut,
    adoption: adoptionOf(campaign, records),
    waits,
    gates: verdicts.map(({ gate, ring, passed, reasons, startedAt, at }) => ({
      gate,
      ring,
      passed,
      reasons,
      startedAt,
      at,
    })),
    findings: deltaOf(verdicts),
    ...(facts.audit === undefined ? {} : { audit: facts.audit }),
  };
};
