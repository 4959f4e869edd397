import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Condition } from '../ports/table.ts';
import { keys } from './keys.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;

/** Longer than any one operation on a stack may take; a crashed holder blocks no longer than this. */
const leaseHours = 12;
/** The end of a lease that was given back. */
const over = new Date(0).toISOString();

/** Who may write to a stack now. */
export interface Lease {
  readonly campaignId: string;
  /** Goes up with each new holder and never down: an older number has lost the stack. */
  readonly number: number;
}

/**
 * Takes or renews the campaign's lease on a stack, so that two campaigns never work on it at once. One that was given
 * back or has expired is taken over under a new number; renewing keeps the number. Null where another campaign holds it.
 */
export const takeLease = async (
  { table, clock }: Needs,
  campaignId: string,
  stackId: string,
): Promise<number | null> => {
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + leaseHours * 3_600_000).toISOString();
  const take = async (when: Condition, add: Readonly<Record<string, number>>): Promise<number | null> => {
    try {
      const item = await table.update(keys.lease(stackId), { set: { campaignId, expiresAt }, add }, when);
      return item['number'] as number;
    } catch (error) {
      if (error instanceof ConditionFailed) return null;
      throw error;
    }
  };
  return (
    (await take({ or: [{ exists: false }, { lessThan: { expiresAt: now.toISOString() } }] }, { number: 1 })) ??
    (await take({ equals: { campaignId } }, {}))
  );
};

/** Who holds the stack's lease; null where nobody ever has or it was given back. An expired one is its holder's until taken. */
export const leaseOf = async ({ table }: Pick<Ports, 'table'>, stackId: string): Promise<Lease | null> => {
  const item = await table.get(keys.lease(stackId));
  return item === undefined || item['campaignId'] === ''
    ? null
    : { campaignId: item['campaignId'] as string, number: item['number'] as number };
};

/** Gives the lease back; does nothing if another campaign has it by now. Its number stays, for the next holder to raise. */
export const releaseLease = async ({ table }: Needs, campaignId: string, stackId: string): Promise<void> => {
  try {
    await table.update(keys.lease(stackId), { set: { campaignId: '', expiresAt: over } }, { equals: { campaignId } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
