import type { report as contract } from '../../contracts/report.ts';
import type { InputOf, OutputOf } from '../../contracts/contract.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign, StackRecord } from '../records.ts';
import { finishRestoreWait } from '../restore/finish-wait.ts';
import { failureReason } from '../stack/failure-reason.ts';
import { changeCampaign, findCampaign, getCampaign } from '../store/campaigns.ts';
import { releaseFamily } from '../store/deduplication.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import type { Outcome } from '../words.ts';
import { recordUnopened } from './unopened.ts';
import { finalReport, reportText } from './final-report.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'planStore' | 'notifications' | 'executions'>;

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

/** The use case behind Report. The outcome is written once; a second call changes and sends nothing. */
export const report =
  (ports: Needs) =>
  async ({ campaignId, failure }: InputOf<typeof contract>): Promise<OutputOf<typeof contract>> => {
    const campaign =
      (await findCampaign(ports, campaignId)) ??
      (await recordUnopened(ports, {
        campaignId,
        executionArn: '',
        reason: failure === null ? 'the campaign was never opened' : failureReason(failure),
      }));
    if (campaign.outcome !== null) {
      await finishRestoreWait(ports, campaign);
      return { outcome: campaign.outcome, reason: campaign.reason };
    }
    const outcome = outcomeOf(campaign);
    const reason = campaign.reason !== '' || failure === null ? campaign.reason : failureReason(failure);
    const endedAt = ports.clock.now().toISOString();
    const records = await closeRecords(ports, campaign, endedAt);
    const document = finalReport(campaign, records, outcome, reason, endedAt);
    await ports.planStore.put(`campaigns/${campaignId}/report.json`, document);
    try {
      await changeCampaign(
        ports,
        campaignId,
        { outcome, conclusion: outcome, reason, endedAt, phase: 'closed' },
        { who: 'Report', what: outcome, why: reason },
        { equals: { outcome: null } },
      );
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const closed = await getCampaign(ports, campaignId);
      return { outcome: closed.outcome ?? outcome, reason: closed.reason };
    }
    await releaseFamily(ports, campaign);
    await finishRestoreWait(ports, { campaignId, outcome });
    await ports.notifications.publish({
      subject: `${outcome}: ${campaign.family === '' ? 'campaign' : campaign.family} ${campaign.image.id}`.trim(),
      text: reportText(document),
      data: { event: 'finished', ...document, exceptions: document.exceptions.slice(0, 100) },
    });
    return { outcome, reason: reason.slice(0, 900) };
  };
