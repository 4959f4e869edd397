import * as z from 'zod/mini';
import { targetName } from '../target.ts';

/** Where EventBridge says that an event comes from: its sender cannot choose these two. */
export const origin = { account: z.string(), region: z.string() };

export interface Origin {
  readonly account: string;
  readonly region: string;
}

/**
 * Why an event cannot be about the resource with this ARN; null where it lives where the event comes from. Member accounts
 * send to one bus: what one of them says of another's stacks, or of another region's, is believed of none.
 */
export const whyForeign = ({ account, region }: Origin, arn: string): string | null => {
  const [prefix, , , ofRegion, ofAccount] = arn.split(':');
  if (prefix === 'arn' && ofRegion === region && ofAccount === account) return null;
  return `an event of ${targetName({ account, region })} names ${arn.slice(0, 300)}, which is not there`;
};
