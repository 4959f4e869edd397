import type { Scenario } from '../scenario/scenario-schema.ts';
import { peopleOf } from './rehearsal-configuration.ts';
import { answered, signedRequest } from './signed-request.ts';

/** How an operator reaches the product: the same signed request that the command line sends. */
export type AskDecision = (request: unknown) => Promise<unknown>;

const isOpen = (response: unknown): boolean => (answered(response) as { state?: string } | undefined)?.state === 'open';

/**
 * The people of a rehearsal. When a ring asks for approval, they look at it for the scenario's time and decide, one after
 * the other, until the ring is decided: as many as the product's own rules ask for.
 */
export const operators = (
  { approval, ...scenario }: Pick<Scenario, 'approval'>,
  ask: AskDecision,
  say: (person: string, decision: string, ring: string) => void,
) => ({
  approvalWanted: (campaignId: string, ring: string): void => {
    if (approval.decision === 'ignore') return;
    const decision = approval.decision;
    const reason = decision === 'approve' ? 'the canaries are healthy' : 'the canaries look wrong';
    const decide = async (): Promise<void> => {
      for (const { id } of peopleOf({ ...scenario, approval })) {
        say(id, decision, ring);
        const request = signedRequest(id, { campaignId, ring, decision, reason });
        // A person whose request fails tries again.
        const response = await ask(request).catch(() => ask(request));
        if (!isOpen(response)) return;
      }
    };
    setTimeout(() => void decide(), approval.afterMinutes * 60_000);
  },
});
