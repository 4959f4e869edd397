import { HUB_ACCOUNT } from '../aws/accounts.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { peopleOf } from './rehearsal-configuration.ts';
import { answered } from './signed-request.ts';

/** How an operator reaches the product: the same signed request that the command line sends. */
export type AskDecision = (request: unknown) => Promise<unknown>;

/** As API Gateway hands it on once it has verified the signature. */
const requestOf = (person: string, campaignId: string, body: object) => {
  const path = `/machine/campaigns/${campaignId}/approval`;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'console' },
    requestContext: {
      authorizer: { iam: { userArn: `arn:aws:iam::${HUB_ACCOUNT}:user/${person}` } },
      domainName: 'console',
      http: { method: 'POST', path },
    },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
};

/** A refusal, such as that of a decision that has been noted before, decides nothing: somebody else may be needed still. */
const isDecided = (response: unknown): boolean =>
  ['approved', 'rejected'].includes((answered(response) as { state?: string } | undefined)?.state ?? '');

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
        const request = requestOf(id, campaignId, { ring, decision, reason });
        // A person whose request fails tries again.
        const response = await ask(request).catch(() => ask(request));
        if (isDecided(response)) return;
      }
    };
    setTimeout(() => void decide(), approval.afterMinutes * 60_000);
  },
});
