import { releaseInstances } from '../gating/instances/end-instances.ts';
import type { Ports } from '../ports/index.ts';
import { changeCampaign, findCampaign } from '../store/campaigns.ts';
import { report } from '../campaign/report.ts';
import { isUnopened, recordUnopened } from '../campaign/unopened.ts';
import { attemptsOf, mostAttempts, startRestore } from './start-restore.ts';

type Needs = Parameters<typeof report>[0] & Pick<Ports, 'executions' | 'surroundings'>;

/** What Step Functions says of an execution that ended otherwise than SUCCEEDED. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly status: string;
}

/** `<campaign>-r3` belongs to `<campaign>`; a campaign's own execution has the campaign's name. */
const campaignIdOf = ({ name, stateMachineArn }: EndedExecution, restoreMachineArn: string): string =>
  stateMachineArn === restoreMachineArn ? name.replace(/-r\d+$/, '') : name;

/**
 * Called for every execution of the two machines that FAILED, was ABORTED or TIMED_OUT: no Catch sees these. Does nothing
 * where the campaign has its outcome; else it starts the restore, so that any crash ends in a terminal outcome.
 */
export const afterExecution =
  (ports: Needs) =>
  async (ended: EndedExecution): Promise<void> => {
    const campaignId = campaignIdOf(ended, ports.surroundings().restoreMachineArn);
    const campaign = await findCampaign(ports, campaignId);
    // A restore that somebody started under a name of their own belongs to no campaign we could tell.
    const isCampaign = ended.stateMachineArn !== ports.surroundings().restoreMachineArn;
    if (!campaign && !isCampaign) return;
    if (!campaign) {
      const reason = `the execution ended ${ended.status} before the campaign was opened`;
      await recordUnopened(ports, { campaignId, executionArn: ended.executionArn, reason });
      await report(ports)({ campaignId, failure: null });
      return;
    }
    // Before anything else: what gates have launched costs money and needs no restore.
    await releaseInstances(ports, campaignId);
    if (campaign.outcome !== null) {
      // This may be the second try of an invocation that died before its report.
      if (isUnopened(campaign) && !campaign.told) await report(ports)({ campaignId, failure: null });
      return;
    }
    if (attemptsOf(campaign) >= mostAttempts) {
      // The event may be about an earlier attempt, and late.
      if (campaign.restore && (await ports.executions.status(campaign.restore.executionArn)) === 'RUNNING') return;
      const reason = `${mostAttempts} restores have failed, the last one ${ended.status}: see its history, and put the stacks that are not restored back by hand`;
      await changeCampaign(
        ports,
        campaignId,
        { conclusion: 'RESTORE_INCOMPLETE', reason },
        { who: 'After Execution', what: 'RESTORE_INCOMPLETE', why: reason },
        { equals: { outcome: null } },
      );
      await report(ports)({ campaignId, failure: null });
      return;
    }
    await startRestore(ports, campaign, `the execution ended ${ended.status}`);
  };
