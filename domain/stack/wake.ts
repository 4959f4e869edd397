import type { Ports } from '../ports/index.ts';
import { grantHold, waitingHolds, type Hold } from '../store/holds.ts';
import { holdGroups } from '../store/keys.ts';
import { freeSlot, inWork, takeSlot, type Slot } from '../store/slots.ts';

type Needs = Pick<Ports, 'table' | 'functions' | 'surroundings'>;

/** Runs the claim of a held stack again, with the task token it has been holding. */
export const wake = async (
  { functions, surroundings }: Needs,
  hold: Pick<Hold, 'context' | 'taskToken'>,
): Promise<void> => {
  await functions.queue(surroundings().claimFunctionName, { ...hold.context, taskToken: hold.taskToken });
};

/** Wakes all claims that wait in the group. */
export const wakeGroup = async (ports: Needs, group: string): Promise<void> => {
  for await (const hold of waitingHolds(ports, group)) {
    if (await grantHold(ports, hold, true)) await wake(ports, hold);
  }
};

/** Frees the stack's slot and hands it to the first claim that waits for one in the target. */
export const freeSlotAndWakeNext = async (ports: Needs, slot: Slot, cap: number): Promise<void> => {
  await freeSlot(ports, slot);
  for await (const hold of waitingHolds(ports, holdGroups.target(slot.campaignId, slot.target, slot.direction))) {
    if (!(await grantHold(ports, hold, true))) continue;
    const { share } = hold.context;
    const most = inWork(slot.direction, cap, typeof share === 'number' ? share : undefined);
    if (await takeSlot(ports, { ...slot, stackId: hold.stackId ?? '' }, most)) await wake(ports, hold);
    else await grantHold(ports, hold, false);
    return;
  }
};
