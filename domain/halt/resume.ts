import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { wakeQueue } from '../queue/settle-turn.ts';
import { wakeGroup } from '../stack/wake.ts';
import { changeCampaign, unfinishedCampaigns } from '../store/campaigns.ts';
import { everything, findHalt, haltedBy, liftHalt } from '../store/halts.ts';
import { holdGroups } from '../store/keys.ts';
import { noteForAll } from '../store/trail.ts';
import { tellResumed } from '../telling/halt-facts.ts';
import type { TellingPorts } from '../telling/tell.ts';
import { whyNot, type OperatorAnswer, type OperatorRequest } from './halt.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'functions' | 'surroundings'> &
  TellingPorts;

/** Claims that wait for the end of a halt go on, where nothing else halts them. */
const wakeClaims = async (ports: Needs, campaignId: string): Promise<void> => {
  if ((await haltedBy(ports, campaignId)) === null) await wakeGroup(ports, holdGroups.halted(campaignId));
};

/**
 * Ends a halt: the claims that wait for it go on at once, and new campaigns are let in again. Resuming what is not halted
 * wakes claims that a crash may have left waiting, and changes nothing.
 */
export const resume =
  (ports: Needs) =>
  async (request: OperatorRequest): Promise<OperatorAnswer> => {
    const because = await whyNot(ports, request);
    if (because !== null) return { accepted: false, message: because };
    const { scope, who, identity } = request;
    const there = await findHalt(ports, scope);
    // Last: operators who are told late are better off than stacks that wait.
    const tellOthers = async (stillHalted: string | null): Promise<void> => {
      if (there) await tellResumed(ports, there, { who, reason: request.reason.trim(), stillHalted });
    };
    if (there) {
      const decision = {
        who,
        what: 'resume',
        why: request.reason.trim(),
        evidence: { scope, haltedBy: there.by, haltedAt: there.createdAt, identity },
      };
      try {
        if (scope === everything) await noteForAll(ports, decision);
        else await changeCampaign(ports, scope, {}, decision, { equals: { phase: 'running' } });
        await liftHalt(ports, there);
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        return { accepted: false, message: 'somebody else changed the halt at the same moment: look and try again' };
      }
    }
    if (scope === everything) {
      for await (const { campaignId } of unfinishedCampaigns(ports)) await wakeClaims(ports, campaignId);
      await wakeQueue(ports);
      await tellOthers(null);
      return {
        accepted: true,
        message: there ? 'resumed: campaigns go on and new ones are let in' : 'nothing is halted',
      };
    }
    await wakeClaims(ports, scope);
    const still = await haltedBy(ports, scope);
    await tellOthers(still);
    if (still !== null)
      return { accepted: there !== undefined, message: `everything is still ${still}: resume that too (scope *)` };
    return { accepted: true, message: there ? 'resumed: claims go on' : `campaign ${scope} was not halted` };
  };
