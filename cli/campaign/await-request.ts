import type { CampaignStatus } from '../api/answers.ts';
import type { Client } from '../api/client.ts';
import { exitCodeOf } from '../exit-code.ts';
import { UsageError } from '../usage-error.ts';
import { findCampaign } from './find-campaign.ts';

/** Whether a ring asks for a decision, does not yet, or will not any more: why, and which decision that is the same as. */
export type Request = 'asks' | 'not yet' | { readonly over: string; readonly as: 'approve' | 'reject' };

const requestOf = ({ outcome, rings }: CampaignStatus, name: string): Request => {
  const ring = rings.find((one) => one.ring === name);
  if (ring === undefined && rings.length > 0)
    throw new UsageError(`there is no ring ${name}: the campaign has ${rings.map((one) => one.ring).join(', ')}`);
  const { approval = null } = ring ?? {};
  if (approval?.state === 'open') return 'asks';
  if (approval !== null)
    return { over: `ring ${name} is ${approval.state}`, as: approval.state === 'approved' ? 'approve' : 'reject' };
  if (outcome !== null)
    return { over: `the campaign has ended ${outcome}`, as: exitCodeOf(outcome) === 0 ? 'approve' : 'reject' };
  return ring?.state === 'finished' ? { over: `ring ${name} has asked nobody`, as: 'approve' } : 'not yet';
};

/** Waits until a ring asks for a decision, for some minutes at most: who decides early need not come again. */
export const awaitRequest = async (
  client: Client,
  campaignId: string,
  ring: string,
  { minutes, intervalMilliseconds = 5_000 }: { readonly minutes: number; readonly intervalMilliseconds?: number },
): Promise<Request> => {
  const until = performance.now() + minutes * 60_000;
  for (;;) {
    const status = await findCampaign(client, campaignId);
    const request = status === null ? 'not yet' : requestOf(status, ring);
    if (request !== 'not yet' || performance.now() >= until) return request;
    await new Promise((resolve) => setTimeout(resolve, intervalMilliseconds));
  }
};
