import { canonicalJson, sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Condition } from '../ports/table.ts';
import type { Approval } from '../records/approval.ts';
import type { Campaign } from '../records/campaign.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { findApproval } from '../store/approvals.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { keys } from '../store/keys.ts';
import { autoPerson, judgeAuto, unmetText, type AutoApproval } from './auto-approval.ts';
import { gatherEvidence } from './evidence.ts';
import { evidenceRows } from './evidence-text.ts';
import { approvalWaitKey, settleApproval } from './settle-approval.ts';
import { storeWait } from '../store/waits.ts';
import { ringLists } from '../telling/ring-lists.ts';
import { tellApproved } from '../telling/tell-approved.ts';
import { tell } from '../telling/tell.ts';
import { moment } from '../telling/words.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'notifications'>;

/** A starter we know is one pair of eyes; where nobody is known to have started it, two approvers make up for it. */
const approversNeeded = (campaign: Campaign): number => (campaign.starter === 'unknown' ? 2 : 1);

/** False where the record is in another state than the write expects. */
const storeApproval = async (
  { table }: Pick<Ports, 'table'>,
  approval: Approval,
  condition: Condition,
): Promise<boolean> => {
  const item = { ...approval, count: approval.decisions.length };
  try {
    await table.put(keys.approval(approval.campaignId, approval.ring), item, condition);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** Tells the operators; noted afterwards, so that a crash in between asks them twice and never not at all. */
const ask = async (ports: Needs, campaign: Campaign, approval: Approval): Promise<void> => {
  const { campaignId, ring, approversNeeded, expiresAt, planHash, evidence } = approval;
  const { family, starter } = campaign;
  const people = approversNeeded === 1 ? '1 person' : `${approversNeeded} people`;
  await tell(ports, {
    fact: 'approval wanted',
    campaign,
    ring,
    subject: `Approval wanted: ring ${ring} of ${family}`,
    opening: [
      ...(approval.auto === undefined ? [] : [`Ring ${ring} does not approve itself: ${unmetText(approval.auto)}.`]),
      `Ring ${ring} is done, its bake and rechecks have passed: somebody has to decide whether the campaign goes on.`,
      `It goes on when ${people} other than the starter (${starter}) approve before ${moment(expiresAt)}; else everything touched is put back.`,
      '',
      `  ami-rollout approve ${campaignId} --ring ${ring} --reason "…"`,
      `  ami-rollout reject ${campaignId} --ring ${ring} --reason "…"`,
    ],
    ...(await ringLists(ports, campaignId, ring)),
    details:
      evidence === undefined
        ? []
        : evidenceRows(evidence, approval.auto).map(([label, text]) => `${label.padEnd(9)} ${text}`),
    approval: { expiresAt, approversNeeded, planHash },
    page: `/approval/${encodeURIComponent(ring)}`,
  });
  await storeApproval(ports, { ...approval, asked: true }, { equals: { count: approval.decisions.length } });
};

/** Everything stayed green: the request is made and answered at once, on the conditions that it records. */
const approveItself = async (
  ports: Needs,
  campaign: Campaign,
  approval: Approval,
  auto: AutoApproval,
): Promise<void> => {
  const { campaignId, ring, planHash, image, evidenceHash = '', requestedAt } = approval;
  const reason = `all ${auto.conditions.length} conditions of approval: 'auto' are met`;
  await noteDecision(ports, campaignId, {
    who: autoPerson,
    what: `approve ring ${ring}`,
    why: reason,
    evidence: { planHash, image, evidenceHash, conditions: auto.conditions },
  });
  const decision = { person: autoPerson, decision: 'approve' as const, reason, at: requestedAt };
  const approved: Approval = { ...approval, state: 'approved', asked: true, decisions: [decision] };
  await storeApproval(ports, approved, { exists: false });
  await tellApproved(ports, campaign, approved);
  await settleApproval(ports, campaignId, ring);
};

/** The use case behind Approve Ring: records what is to be approved, binds the task token, asks. */
export const approve =
  (ports: Needs) =>
  async (task: { campaignId: string; ring: string; planHash: string; taskToken: string }): Promise<void> => {
    const { campaignId, ring, planHash, taskToken } = task;
    const campaign = await getCampaign(ports, campaignId);
    const now = ports.clock.now();
    const expiresAt = new Date(
      now.getTime() + ports.configuration().approval.expiresAfterHours * 3_600_000,
    ).toISOString();
    await storeWait(ports, {
      key: approvalWaitKey(campaignId, ring),
      kind: 'approval',
      campaignId,
      taskToken,
      account: '',
      region: '',
      stackId: null,
      direction: null,
      context: { ring },
      createdAt: now.toISOString(),
      overdueAt: new Date(now.getTime() + ports.configuration().stacks.overdueMinutes * 60_000).toISOString(),
    });
    const known = await findApproval(ports, campaignId, ring);
    // A crash may have come between the record and the message.
    if (known?.state === 'approved') await tellApproved(ports, campaign, known);
    // A decision may have come while no task was waiting.
    if (await settleApproval(ports, campaignId, ring)) return;
    if (known) {
      if (!known.asked && known.state === 'open') await ask(ports, campaign, known);
      return;
    }
    const evidence = await gatherEvidence(ports, campaign, ring);
    const evidenceHash = sha256(canonicalJson(evidence));
    const settings = ports.configuration().rings.find(({ name }) => name === ring);
    const auto = settings?.approval === 'auto' ? await judgeAuto(ports, campaign, settings, evidence) : undefined;
    const approval: Approval = {
      schemaVersion,
      campaignId,
      ring,
      image: campaign.image.id,
      planHash,
      requestedAt: now.toISOString(),
      expiresAt,
      approversNeeded: approversNeeded(campaign),
      asked: false,
      evidence,
      evidenceHash,
      ...(auto === undefined ? {} : { auto }),
      decisions: [],
      state: 'open',
    };
    if (auto?.approved) {
      await approveItself(ports, campaign, approval, auto);
      return;
    }
    if (!(await storeApproval(ports, approval, { exists: false }))) return;
    await noteDecision(ports, campaignId, {
      who: 'Approve Ring',
      what: `approval of ring ${ring} asked for`,
      why: `${approval.approversNeeded} needed before ${expiresAt}${auto === undefined ? '' : `; not by itself: ${unmetText(auto)}`}`,
      evidence: { planHash, image: approval.image, evidenceHash },
    });
    await ask(ports, campaign, approval);
  };
