import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { keys } from './keys.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;

/** Longer than any one operation on a stack may take; a crashed holder blocks no longer than this. */
const leaseHours = 12;

/**
 * Takes or renews the campaign's lease on a stack, so that two campaigns never work on it at once. An expired lease is
 * taken over; its number goes up with each new holder. False where another campaign holds it.
 */
export const takeLease = async ({ table, clock }: Needs, campaignId: string, stackId: string): Promise<boolean> => {
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + leaseHours * 3_600_000).toISOString();
  try {
    await table.update(
      keys.lease(stackId),
      { set: { campaignId, expiresAt }, add: { number: 1 } },
      { or: [{ exists: false }, { equals: { campaignId } }, { lessThan: { expiresAt: now.toISOString() } }] },
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** Gives the lease back; does nothing if another campaign has it by now. */
export const releaseLease = async ({ table }: Needs, campaignId: string, stackId: string): Promise<void> => {
  try {
    await table.delete(keys.lease(stackId), { equals: { campaignId } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
