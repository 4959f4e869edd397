import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Target } from '../target.ts';
import type { Direction } from '../words.ts';
import { keys } from './keys.ts';

type Table = Pick<Ports, 'table'>;

/** One slot: a target takes so many stacks of a campaign at once, in each direction. */
export interface Slot {
  readonly campaignId: string;
  readonly target: Target;
  readonly direction: Direction;
  readonly stackId: string;
}

/** How many stacks of a target may be in work: its cap and, on the way forward, the stack's fair share of the ring. */
export const inWork = (direction: Direction, targetCap: number, share: number | undefined): number =>
  direction === 'forward' && share !== undefined ? Math.min(targetCap, share) : targetCap;

/**
 * Takes one of the target's slots for the stack. A slot is held by name, so taking it twice takes it once.
 * False where all are taken.
 */
export const takeSlot = async (
  { table }: Table,
  { campaignId, target, direction, stackId }: Slot,
  cap: number,
): Promise<boolean> => {
  try {
    await table.update(
      keys.slots(campaignId, target, direction),
      { addToSet: { holders: stackId } },
      { or: [{ fewerThan: { holders: cap } }, { contains: { holders: stackId } }] },
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

export const freeSlot = async ({ table }: Table, { campaignId, target, direction, stackId }: Slot): Promise<void> => {
  await table.update(keys.slots(campaignId, target, direction), { removeFromSet: { holders: stackId } });
};
