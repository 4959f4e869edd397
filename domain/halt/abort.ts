import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { everything } from '../store/halts.ts';
import type { Decision } from '../store/audit.ts';
import { whyNot, type OperatorAnswer, type OperatorRequest } from './halt.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions'>;

/**
 * Ends a running campaign for good: the reason is recorded, then its execution is stopped. The rule on ended executions
 * starts the restore, and the sweep would if the event were lost. False where the campaign is not running any more.
 */
export const stopCampaign = async (
  ports: Needs,
  { campaignId, executionArn }: Pick<Campaign, 'campaignId' | 'executionArn'>,
  decision: Decision,
): Promise<boolean> => {
  try {
    await changeCampaign(ports, campaignId, { reason: decision.why }, decision, { equals: { phase: 'running' } });
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
  await ports.executions.stop(executionArn, decision.why);
  return true;
};

/** Aborts a campaign: every stack that it has touched is put back. */
export const abort =
  (ports: Needs) =>
  async (request: OperatorRequest): Promise<OperatorAnswer> => {
    const { scope, who, identity } = request;
    if (scope === everything)
      return { accepted: false, message: 'name the campaign to abort; to stop everything, halt with scope *' };
    const because = await whyNot(ports, request);
    if (because !== null) return { accepted: false, message: because };
    const why = `aborted by ${who}: ${request.reason.trim()}`;
    const campaign = await getCampaign(ports, scope);
    const stopped = await stopCampaign(ports, campaign, { who, what: 'abort', why, evidence: { identity } });
    return stopped
      ? { accepted: true, message: 'aborted: everything that was touched is put back' }
      : { accepted: false, message: `campaign ${scope} ended at the same moment: nothing was changed` };
  };
