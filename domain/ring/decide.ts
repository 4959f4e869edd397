import { identityOf, personOf, type Caller } from '../access/caller.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Write } from '../ports/table.ts';
import type { Approval } from '../records/approval.ts';
import type { Campaign } from '../records/campaign.ts';
import { findApproval } from '../store/approvals.ts';
import { changeCampaign, findCampaign } from '../store/campaigns.ts';
import { keys } from '../store/keys.ts';
import { tellApproved } from '../telling/tell-approved.ts';
import type { TellingPorts } from '../telling/tell.ts';
import { settleApproval } from './settle-approval.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions'> & TellingPorts;

/** What somebody says about a ring. */
export interface ApprovalRequest {
  readonly campaignId: string;
  readonly ring: string;
  readonly decision: 'approve' | 'reject';
  readonly reason: string;
  /** If given, the approval is for exactly this plan. */
  readonly planHash: string | null;
  readonly caller: Caller;
}

export interface ApprovalAnswer {
  readonly accepted: boolean;
  readonly message: string;
  readonly state: Approval['state'] | 'unknown';
}

/** Why this person may not decide this now; null where they may. */
const refusal = (
  campaign: Campaign,
  approval: Approval,
  person: string,
  request: ApprovalRequest,
  now: Date,
): string | null => {
  if (approval.state !== 'open') return `ring ${approval.ring} is ${approval.state} already; nothing was changed`;
  if (now.toISOString() >= approval.expiresAt)
    return `the request expired at ${approval.expiresAt}; nothing was changed`;
  if (campaign.phase !== 'running') return `the campaign is ${campaign.phase}; nothing was changed`;
  if (request.planHash !== null && request.planHash !== approval.planHash)
    return `the plan you approve (${request.planHash}) is not the campaign's (${approval.planHash})`;
  if (person === campaign.starter) return `${person} started the campaign and cannot decide on it`;
  if (approval.decisions.some((decision) => decision.person === person))
    return `${person} has decided on this ring already`;
  return request.reason.trim() === '' ? 'a reason is required' : null;
};

/** Records one person's decision, once; completes the waiting task when enough have decided. */
export const decide =
  (ports: Needs) =>
  async (request: ApprovalRequest): Promise<ApprovalAnswer> => {
    const refuse = (message: string, state: ApprovalAnswer['state'] = 'unknown'): ApprovalAnswer => ({
      accepted: false,
      message,
      state,
    });
    const identity = identityOf(request.caller);
    const person = personOf(request.caller, ports.configuration().people);
    if (person === null)
      return refuse(`${identity} belongs to nobody in the configuration: add it under people.*.${request.caller.kind}`);
    const campaign = await findCampaign(ports, request.campaignId);
    const approval = await findApproval(ports, request.campaignId, request.ring);
    if (!campaign || !approval)
      return refuse(`campaign ${request.campaignId} asks for no approval of ring ${request.ring}`);
    const now = ports.clock.now();
    const because = refusal(campaign, approval, person, request, now);
    if (because !== null) {
      // A crash may have come between a decision and what follows from it.
      if (approval.state === 'approved') await tellApproved(ports, campaign, approval);
      await settleApproval(ports, request.campaignId, request.ring);
      return refuse(because, approval.state);
    }

    const { decision, reason } = request;
    const decisions = [...approval.decisions, { person, decision, reason, at: now.toISOString() }];
    const agreed = decisions.filter((one) => one.decision === 'approve').length >= approval.approversNeeded;
    const state = decision === 'reject' ? 'rejected' : agreed ? 'approved' : 'open';
    const noted = {
      who: person,
      what: `${decision} ring ${approval.ring}`,
      why: reason,
      evidence: { planHash: approval.planHash, evidenceHash: approval.evidenceHash ?? '', identity },
    };
    // One transaction: the trail has no decision that came a moment late and does not count.
    const write: Write = {
      kind: 'update',
      key: keys.approval(request.campaignId, request.ring),
      changes: { set: { decisions, state, count: decisions.length } },
      condition: { equals: { state: 'open', count: approval.decisions.length } },
    };
    try {
      await changeCampaign(ports, request.campaignId, {}, noted, { equals: { phase: 'running' } }, [write]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      return refuse('somebody else decided at the same moment: look at the campaign and try again', approval.state);
    }
    await settleApproval(ports, request.campaignId, request.ring);
    if (state === 'approved') await tellApproved(ports, campaign, { ...approval, decisions, state });
    const missing = approval.approversNeeded - decisions.length;
    const message = state === 'open' ? `recorded; ${missing} more needed` : `ring ${approval.ring} is ${state}`;
    return { accepted: true, message, state };
  };
