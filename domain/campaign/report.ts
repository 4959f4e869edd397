import type { report as contract } from '../../contracts/report.ts';
import type { InputOf, OutputOf } from '../../contracts/contract.ts';
import { headsKey, headsOf, sealOf } from '../audit/heads.ts';
import { releaseInstances } from '../gating/instances/end-instances.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign, StackRecord } from '../records.ts';
import { finishRestoreWait } from '../restore/finish-wait.ts';
import { failureReason } from '../stack/failure-reason.ts';
import { campaignHead, changeCampaign, findCampaign, getCampaign } from '../store/campaigns.ts';
import { wakeQueue } from '../queue/settle-turn.ts';
import { releaseTurn } from '../store/turns.ts';
import { ringWait } from '../store/ring-state.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import { emptyChain } from '../store/audit.ts';
import { verdictsOf } from '../store/verdicts.ts';
import type { Outcome } from '../words.ts';
import { recordUnopened } from './unopened.ts';
import { finalReport, reportText, type FinalReport } from './final-report.ts';

type Needs = Pick<
  Ports,
  'table' | 'clock' | 'configuration' | 'planStore' | 'notifications' | 'executions' | 'functions' | 'surroundings'
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
const tell = async (ports: Needs, campaign: Campaign, document: FinalReport): Promise<void> => {
  const { campaignId, family, image } = campaign;
  await ports.notifications.publish({
    subject: `${document.outcome}: ${family === '' ? 'campaign' : family} ${image.id}`.trim(),
    text: reportText(document),
    data: { event: 'finished', ...document, exceptions: document.exceptions.slice(0, 100) },
  });
  await changeCampaign(
    ports,
    campaignId,
    { told: true },
    { who: 'Report', what: 'operators told', why: document.outcome },
  );
};

const reportKey = (campaignId: string): string => `campaigns/${campaignId}/report.json`;

/** Stacks that need a person are named in the reason itself: it is what everybody reads first. */
const withQuarantined = (reason: string, records: readonly StackRecord[]): string => {
  const left = records.filter(({ status }) => status === 'quarantined');
  if (left.length === 0) return reason;
  const names = left.slice(0, 5).map(({ stackName, account, region }) => `${stackName} (${account}/${region})`);
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : '';
  return [...(reason === '' ? [] : [reason]), `quarantined: ${names.join(', ')}${more}`].join('; ');
};

type RingWaits = FinalReport['waits'][number][];

/** Writes the outcome with its report, once; gives the campaign as it stands then. */
const close = async (ports: Needs, campaign: Campaign, why: string): Promise<Campaign> => {
  const { campaignId } = campaign;
  const outcome = outcomeOf(campaign);
  const endedAt = ports.clock.now().toISOString();
  const records = await closeRecords(ports, campaign, endedAt);
  const reason = withQuarantined(why, records);
  const verdicts = await Array.fromAsync(verdictsOf(ports, campaignId));
  const waits: RingWaits = [];
  for (const ring of campaign.ringNames) {
    const waited = await ringWait(ports, campaignId, ring);
    if (waited) waits.push({ ring, ...waited });
  }
  const heads = headsOf(campaignId, (await campaignHead(ports, campaignId)) ?? emptyChain, records);
  const sealed = sealOf(heads);
  const summary = finalReport(campaign, records, outcome, reason, endedAt, verdicts, waits);
  const document: FinalReport = { ...summary, audit: sealed };
  await ports.planStore.put(headsKey(campaignId, sealed.hash), heads);
  await ports.planStore.put(reportKey(campaignId), document);
  try {
    return await changeCampaign(
      ports,
      campaignId,
      { outcome, conclusion: outcome, reason, endedAt, phase: 'closed', ipk: 'CAMPAIGNS' },
      { who: 'Report', what: outcome, why: reason, evidence: { heads: sealed } },
      { equals: { outcome: null } },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return getCampaign(ports, campaignId);
  }
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
    await finishRestoreWait(ports, closed);
    if (!closed.told && closed.executionArn !== '')
      await tell(ports, closed, (await ports.planStore.get(reportKey(campaignId))) as FinalReport);
    return { outcome: closed.outcome ?? outcomeOf(closed), reason: closed.reason.slice(0, 900) };
  };
