import type { Scenario } from '../scenario/scenario-schema.ts';
import { peopleOf } from './rehearsal-configuration.ts';
import { answered, signedRequest } from './signed-request.ts';

/** How an operator reaches the product: the same signed request that the command line sends. */
export type AskDecision = (request: unknown) => Promise<unknown>;

/** What is tried with approvals beside the honest ones. */
export interface ApprovalFaults {
  /** Somebody completes the waiting task, and somebody who may not decide tries to. */
  readonly forged: boolean;
  /** Every decision of an earlier ring is said again when a later one asks, and each one before anybody asks. */
  readonly stale: boolean;
  /** Every decision comes twice at the same moment, and once more a minute later. */
  readonly doubled: boolean;
}

/** A decision, signed. */
const requestOf = (person: string, campaignId: string, body: object) =>
  signedRequest(person, `/campaigns/${campaignId}/approval`, body);

/** A refusal, such as that of a decision that has been noted before, decides nothing: somebody else may be needed still. */
const isDecided = (response: unknown): boolean =>
  response !== undefined &&
  ['approved', 'rejected'].includes((answered(response).said as { state?: string } | undefined)?.state ?? '');

/** A person whose request fails tries again, a few times. */
const persistently = async (ask: AskDecision, request: unknown, tries = 4): Promise<unknown> => {
  try {
    return await ask(request);
  } catch {
    return tries > 1 ? persistently(ask, request, tries - 1) : undefined;
  }
};

const forgedAfterMilliseconds = 60_000;

/**
 * The people of a rehearsal. When a ring asks for approval, they look at it for the scenario's time and decide, one after
 * the other, until the ring is decided: as many as the product's own rules ask for.
 */
export const operators = (
  { approval, ...scenario }: Pick<Scenario, 'approval'>,
  ask: AskDecision,
  say: (campaignId: string, person: string, decision: string, ring: string) => void,
  faults: ApprovalFaults & { readonly forge: (campaignId: string, ring: string) => Promise<void> },
) => {
  /** What was sent before, to be sent again. */
  const earlier: unknown[] = [];
  const inVain = (request: unknown): void => void persistently(ask, request);
  return {
    approvalWanted: (campaignId: string, ring: string): void => {
      if (faults.stale) for (const request of earlier) inVain(request);
      if (faults.forged) {
        inVain(requestOf('stranger', campaignId, { ring, decision: 'approve', reason: 'trust me' }));
        setTimeout(() => void faults.forge(campaignId, ring), forgedAfterMilliseconds);
      }
      if (approval.decision === 'ignore') return;
      const decision = approval.decision;
      const reason = decision === 'approve' ? 'the canaries are healthy' : 'the canaries look wrong';
      const decide = async (): Promise<void> => {
        for (const { id } of peopleOf({ ...scenario, approval })) {
          say(campaignId, id, decision, ring);
          const request = requestOf(id, campaignId, { ring, decision, reason });
          earlier.push(request);
          if (faults.doubled) {
            inVain(request);
            setTimeout(() => inVain(request), 60_000);
          }
          if (isDecided(await persistently(ask, request))) return;
        }
      };
      setTimeout(() => void decide(), approval.afterMinutes * 60_000);
    },
    /** The campaign has only begun: nobody was asked yet. */
    begun: (campaignId: string, rings: readonly string[]): void => {
      if (!faults.stale || approval.decision !== 'approve') return;
      for (const { id } of peopleOf({ ...scenario, approval }))
        for (const ring of rings)
          inVain(requestOf(id, campaignId, { ring, decision: 'approve', reason: 'it will be fine' }));
    },
  };
};
