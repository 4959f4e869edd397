import type { report as contract } from '../../contracts/report.ts';
import type { InputOf, OutputOf } from '../../contracts/contract.ts';
import { headsKey, headsOf, sealOf } from '../audit/heads.ts';
import { judgeDrill } from '../drill/judge-drill.ts';
import { releaseInstances } from '../gating/instances/end-instances.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { finishRestoreWait } from '../restore/finish-wait.ts';
import { failureReason } from '../stack/failure-reason.ts';
import { campaignHead, changeCampaign, findCampaign, getCampaign } from '../store/campaigns.ts';
import { wakeQueue } from '../queue/settle-turn.ts';
import { releaseTurn } from '../store/turns.ts';
import { noteDrill } from '../store/drills.ts';
import { pausesOf } from '../store/ring-pauses.ts';
import { ringWait } from '../store/ring-state.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import { emptyChain } from '../store/audit.ts';
import { verdictsOf } from '../store/verdicts.ts';
import type { Outcome } from '../words.ts';
import { failuresOf } from '../telling/ring-lists.ts';
import { tell } from '../telling/tell.ts';
import { isUnopened, recordUnopened } from './unopened.ts';
import { finalReport, type FinalReport, type ReportFacts } from './final-report.ts';
import { keepReport, readReport } from './kept-report.ts';
import { measureEnd } from './measure-end.ts';
import { reportText } from './report-text.ts';

type Needs = Pick<
  Ports,
  | 'table'
  | 'clock'
  | 'configuration'
  | 'planStore'
  | 'notifications'
  | 'executions'
  | 'functions'
  | 'metrics'
  | 'surroundings'
>;

/** How the campaign ends: by what was concluded on the way; without a conclusion it never got past its gates. */
const outcomeOf = (campaign: Campaign): Outcome => campaign.conclusion ?? 'REJECTED';

/** All stack records; the ones that were never claimed are closed, so that nothing is pending in a final report. */
const closeRecords = async (ports: Needs, campaign: Campaign, endedAt: string): Promise<StackRecord[]> => {
  const records: StackRecord[] = [];
  const reason = campaign.dryRun ? 'dry run' : 'campaign ended';
  for await (const record of stackRecords(ports, campaign.campaignId)) {
    const open = record.status === 'pending' || record.status === 'holding';
    records.push(
      open
        ? await changeStack(
            ports,
            record,
            { status: 'skipped', reason, endedAt },
            { who: 'Report', what: 'skipped', why: reason },
          )
        : record,
    );
  }
  return records;
};

/** Tells the operators how it ended; noted afterwards, so that a crash in between tells them twice and never not at all. */
const inform = async (ports: Needs, campaign: Campaign): Promise<void> => {
  const { campaignId, family, image, rollback } = campaign;
  const document = await readReport(ports, campaignId);
  const { outcome, reason, stacks } = document;
  await tell(ports, {
    fact: outcome === 'RESTORED' ? 'restored' : 'finished',
    campaign,
    ring: null,
    occasion: rollback?.at ?? '',
    subject: `${outcome}: ${family === '' ? 'campaign' : family} ${image.id === '' ? campaignId : image.id}`,
    opening: [],
    body: [reportText(document)],
    reason,
    stacks,
    page: '/report',
  });
  await changeCampaign(ports, campaignId, { told: true }, { who: 'Report', what: 'operators told', why: outcome });
};

/** Stacks that need a person are named in the reason itself: it is what everybody reads first. */
const withQuarantined = (reason: string, records: readonly StackRecord[]): string => {
  const left = records.filter(({ status }) => status === 'quarantined');
  if (left.length === 0) return reason;
  const names = left.slice(0, 5).map(({ stackName, account, region }) => `${stackName} (${account}/${region})`);
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : '';
  return [...(reason === '' ? [] : [reason]), `quarantined: ${names.join(', ')}${more}`].join('; ');
};

/** Puts the report together from what is on record. */
const document = async (
  ports: Needs,
  campaign: Campaign,
  ended: Pick<ReportFacts, 'records' | 'outcome' | 'reason' | 'endedAt' | 'audit'>,
): Promise<FinalReport> => {
  const { campaignId, ringNames } = campaign;
  const waits: ReportFacts['waits'][number][] = [];
  for (const ring of ringNames) {
    const waited = await ringWait(ports, campaignId, ring);
    if (waited) waits.push({ ring, ...waited });
    for (const pause of await pausesOf(ports, campaignId, ring)) waits.push({ ring, ...pause });
  }
  const verdicts = await Array.fromAsync(verdictsOf(ports, campaignId));
  const failures = await failuresOf(ports, campaignId, ringNames);
  return finalReport(campaign, { ...ended, failures, verdicts, waits });
};

/** Writes the outcome with its report, once; gives the campaign as it stands then. */
const close = async (ports: Needs, campaign: Campaign, why: string): Promise<Campaign> => {
  const { campaignId } = campaign;
  const outcome = outcomeOf(campaign);
  const endedAt = ports.clock.now().toISOString();
  const records = await closeRecords(ports, campaign, endedAt);
  const reason = withQuarantined(why, records);
  const heads = headsOf(campaignId, (await campaignHead(ports, campaignId)) ?? emptyChain, records);
  const audit = sealOf(heads);
  const drill = judgeDrill(campaign, records, { outcome, endedAt });
  await ports.planStore.put(headsKey(campaignId, audit.hash), heads);
  const kept = await document(ports, { ...campaign, drill }, { records, outcome, reason, endedAt, audit });
  const { adoption } = kept;
  await keepReport(ports, kept);
  try {
    const closed = await changeCampaign(
      ports,
      campaignId,
      { outcome, conclusion: outcome, reason, endedAt, adoption, drill, phase: 'closed', ipk: 'CAMPAIGNS' },
      { who: 'Report', what: outcome, why: reason, evidence: { heads: audit, ...(drill && { drill: drill.result }) } },
      { equals: { outcome: null } },
    );
    if (drill?.result?.succeeded === true)
      await noteDrill(ports, { family: campaign.family, stack: drill.stackName, since: endedAt, campaignId });
    measureEnd(ports, closed);
    return closed;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return getCampaign(ports, campaignId);
  }
};

/** A campaign that was never opened has its outcome from the start, and no report yet. */
const keepUnopened = async (ports: Needs, campaign: Campaign): Promise<void> => {
  const { outcome, reason, startedAt, endedAt } = campaign;
  const ended = { records: [], outcome: outcome ?? 'REJECTED', reason, endedAt: endedAt ?? startedAt };
  await keepReport(ports, await document(ports, campaign, ended));
};

/** The use case behind Report. The outcome is written once; whatever a crash left undone, the next call does. */
export const report =
  (ports: Needs) =>
  async ({ campaignId, failure }: InputOf<typeof contract>): Promise<OutputOf<typeof contract>> => {
    const failed = failure === null ? '' : failureReason(failure);
    const campaign =
      (await findCampaign(ports, campaignId)) ??
      (await recordUnopened(ports, {
        campaignId,
        executionArn: '',
        reason: failed === '' ? 'the campaign was never opened' : failed,
      }));
    // A late repeat of the report on how the campaign had ended, after a rollback has reopened it: the restore reports.
    if (campaign.rollback && campaign.outcome === null && campaign.conclusion === null)
      return { outcome: campaign.rollback.from, reason: campaign.reason.slice(0, 900) };
    const reason = campaign.reason === '' ? failed : campaign.reason;
    const closed = campaign.outcome === null ? await close(ports, campaign, reason) : campaign;
    await releaseInstances(ports, campaignId);
    await releaseTurn(ports, closed);
    await wakeQueue(ports);
    try {
      if (!closed.told) {
        if (isUnopened(closed)) await keepUnopened(ports, closed);
        await inform(ports, closed);
      }
    } finally {
      // Last: the campaign that waits for its restore reports too, and would tell the same at the same moment.
      await finishRestoreWait(ports, closed);
    }
    return { outcome: closed.outcome ?? outcomeOf(closed), reason: closed.reason.slice(0, 900) };
  };
