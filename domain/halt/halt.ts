import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Halt } from '../records/halt.ts';
import { changeCampaign, findCampaign } from '../store/campaigns.ts';
import { everything, findHalt, haltText, haltWrite } from '../store/halts.ts';
import { noteForAll } from '../store/trail.ts';
import { tellHalted } from '../telling/halt-facts.ts';
import type { TellingPorts } from '../telling/tell.ts';

type Needs = TellingPorts;

/** What a person asks for. The caller has authenticated them; `who` is a person id of the configuration. */
export interface OperatorRequest {
  /** A campaign's id, or `*`: all campaigns, and no new one is let in. */
  readonly scope: string;
  readonly who: string;
  readonly reason: string;
  /** What the caller knows of the identity, for the audit trail. */
  readonly identity: string;
}

/** Whether it was done; where it was not, the message says what to do instead. */
export interface OperatorAnswer {
  readonly accepted: boolean;
  readonly message: string;
}

/** How long a halt waits for somebody to resume or abort, before what was moved is put back. */
export const haltHours = 24;

/** Why nothing can be asked of the campaign; null where it can. */
export const whyNot = async (
  ports: Pick<Ports, 'table'>,
  { scope, reason, who }: OperatorRequest,
): Promise<string | null> => {
  if (who.trim() === '') return 'who asks is not known: sign in as one of the people in the configuration';
  if (reason.trim() === '') return 'reason is empty: say why, it is kept in the audit trail';
  if (scope === everything) return null;
  const campaign = await findCampaign(ports, scope);
  if (!campaign) return `there is no campaign ${scope}: look at its id in the list of campaigns`;
  return campaign.outcome === null && campaign.phase === 'running'
    ? null
    : `campaign ${scope} is ${campaign.outcome ?? campaign.phase}: it claims no stacks any more`;
};

/**
 * Halts a campaign, or everything: no new stack is claimed; what is in flight goes on to its end. Somebody resumes or
 * aborts; if nobody does within a day, what was moved is put back. Halting twice is halting once: the first one's time
 * counts.
 */
export const halt =
  (ports: Needs) =>
  async (request: OperatorRequest): Promise<OperatorAnswer> => {
    const because = await whyNot(ports, request);
    if (because !== null) return { accepted: false, message: because };
    const { scope, who, identity } = request;
    const reason = request.reason.trim();
    const now = ports.clock.now();
    const expiresAt = new Date(now.getTime() + haltHours * 3_600_000).toISOString();
    const decision = { who, what: 'halt', why: reason, evidence: { scope, expiresAt, identity } };
    const halted = { scope, by: who, reason, createdAt: now.toISOString(), expiresAt };
    const write = haltWrite(halted);
    try {
      if (scope === everything) await noteForAll(ports, decision, [write]);
      else await changeCampaign(ports, scope, {}, decision, { equals: { phase: 'running' } }, [write]);
      await tellHalted(ports, halted);
      return { accepted: true, message: `halted: no new stack is claimed; everything is put back at ${expiresAt}` };
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const there: Halt | undefined = await findHalt(ports, scope);
      return there
        ? { accepted: true, message: `it was already ${haltText(there)}` }
        : { accepted: false, message: `campaign ${scope} changed at the same moment: look at it and try again` };
    }
  };
