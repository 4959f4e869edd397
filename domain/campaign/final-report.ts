import type { SealedHeads } from '../audit/heads.ts';
import { deltaText, type FindingDelta } from '../gates/finding-delta.ts';
import type { StoredVerdict } from '../store/verdicts.ts';
import { countStatuses, type StatusCounts } from '../ring/counts.ts';
import type { RingWait } from '../store/ring-state.ts';
import type { Campaign, StackRecord } from '../records.ts';
import type { Outcome } from '../words.ts';

/** The record of how a campaign ended, for people and machines; kept in the plan store. */
export interface FinalReport {
  readonly campaignId: string;
  readonly family: string;
  readonly image: string;
  readonly imageSet: Readonly<Record<string, string>>;
  readonly starter: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly rings: readonly { readonly ring: string; readonly planned: number; readonly counts: StatusCounts }[];
  /** Stacks that did not simply succeed, each with its reason. */
  readonly exceptions: readonly Pick<StackRecord, 'stackName' | 'account' | 'region' | 'ring' | 'status' | 'reason'>[];
  readonly leftOut: Campaign['leftOut'];
  /** Rings that had to wait for a calendar or a window. */
  readonly waits: readonly (RingWait & { readonly ring: string })[];
  /** Every verdict in the order of time. */
  readonly gates: readonly Pick<StoredVerdict, 'gate' | 'ring' | 'passed' | 'reasons' | 'startedAt' | 'at'>[];
  /** The findings against those of the image in use; null where no scan was judged. */
  readonly findings: FindingDelta | null;
  /** The hash of all heads of the audit trail: whoever keeps it can prove later that nothing was removed or changed. */
  readonly audit?: SealedHeads;
}

/** Longest list of exceptions in a message; the whole list is in the report. */
const mostInText = 25;

/** The last comparison that a verdict holds. */
const deltaOf = (verdicts: readonly StoredVerdict[]): FindingDelta | null => {
  const judged = verdicts.findLast(({ evidence }) => evidence['delta'] !== undefined);
  return judged ? (judged.evidence['delta'] as FindingDelta) : null;
};

export const finalReport = (
  campaign: Campaign,
  records: readonly StackRecord[],
  outcome: Outcome,
  reason: string,
  endedAt: string,
  verdicts: readonly StoredVerdict[] = [],
  waits: FinalReport['waits'] = [],
): FinalReport => ({
  campaignId: campaign.campaignId,
  family: campaign.family,
  image: campaign.image.id,
  imageSet: campaign.imageSet,
  starter: campaign.starter,
  startedAt: campaign.startedAt,
  endedAt,
  outcome,
  reason,
  rings: campaign.ringNames.map((ring) => {
    const own = records.filter((record) => record.ring === ring);
    return { ring, planned: own.length, counts: countStatuses(own) };
  }),
  exceptions: records
    .filter(({ status, reason: why }) => status !== 'done' && why !== 'current' && why !== 'campaign ended')
    .map(({ stackName, account, region, ring, status, reason: why }) => ({
      stackName,
      account,
      region,
      ring,
      status,
      reason: why,
    })),
  leftOut: campaign.leftOut,
  waits,
  gates: [...verdicts]
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ gate, ring, passed, reasons, startedAt, at }) => ({ gate, ring, passed, reasons, startedAt, at })),
  findings: deltaOf(verdicts),
});

/** The report as text for a mail: what happened, why, and which stacks to look at. */
export const reportText = (report: FinalReport): string => {
  const { campaignId, family, image, outcome, reason, rings, exceptions, leftOut, findings } = report;
  const shown = exceptions.slice(0, mostInText);
  return [
    `Campaign ${campaignId} ended ${outcome}.`,
    `Family ${family}, image ${image}.${reason === '' ? '' : ` Reason: ${reason}`}`,
    ...(findings === null ? [] : [deltaText(findings)]),
    '',
    ...rings.map(({ ring, planned, counts }) => {
      const parts = Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([status, count]) => `${count} ${status}`);
      return `Ring ${ring}: ${planned} planned${parts.length === 0 ? '' : `; ${parts.join(', ')}`}`;
    }),
    ...report.waits.map(
      ({ ring, until, reason: why }) => `Ring ${ring} waited${until === null ? '' : ` until ${until}`}: ${why}.`,
    ),
    ...(shown.length === 0 ? [] : ['', 'Stacks to look at:']),
    ...shown.map(
      ({ stackName, account, region, status, reason: why }) =>
        `  ${stackName} (${account}/${region}) ${status}: ${why}`,
    ),
    ...(exceptions.length > shown.length ? [`  … and ${exceptions.length - shown.length} more in the report`] : []),
    ...(leftOut.length === 0 ? [] : ['', 'Left out:', ...leftOut.map(({ name, reason: why }) => `  ${name}: ${why}`)]),
    ...(report.audit === undefined
      ? []
      : [
          '',
          `Audit trail: ${report.audit.records} records in ${report.audit.chains} chains, heads ${report.audit.hash}.`,
        ]),
  ].join('\n');
};
