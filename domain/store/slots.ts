import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Target } from '../target.ts';
import { keys } from './keys.ts';

type Table = Pick<Ports, 'table'>;

/**
 * Takes one of the target's slots for the stack. A slot is held by name, so taking it twice takes it once.
 * False where all are taken.
 */
export const takeSlot = async (
  { table }: Table,
  campaignId: string,
  target: Target,
  stackId: string,
  cap: number,
): Promise<boolean> => {
  try {
    await table.update(
      keys.slots(campaignId, target),
      { addToSet: { holders: stackId } },
      { or: [{ fewerThan: { holders: cap } }, { contains: { holders: stackId } }] },
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

export const freeSlot = async (
  { table }: Table,
  campaignId: string,
  target: Target,
  stackId: string,
): Promise<void> => {
  await table.update(keys.slots(campaignId, target), { removeFromSet: { holders: stackId } });
};
