import type { Ports } from '../ports/index.ts';
import { grantHold, waitingHolds, type Hold } from '../store/holds.ts';
import { holdGroups } from '../store/keys.ts';
import { freeSlot, takeSlot } from '../store/slots.ts';
import type { Target } from '../target.ts';

type Needs = Pick<Ports, 'table' | 'functions' | 'surroundings'>;

/** Runs the claim of a held stack again, with the task token it has been holding. */
export const wake = async (
  { functions, surroundings }: Needs,
  hold: Pick<Hold, 'context' | 'taskToken'>,
): Promise<void> => {
  await functions.queue(surroundings().claimFunctionName, { ...hold.context, taskToken: hold.taskToken });
};

/** Wakes the claims that wait in the group, at most `limit`. */
export const wakeGroup = async (ports: Needs, group: string, limit = 100): Promise<void> => {
  for (const hold of await waitingHolds(ports, group, limit)) {
    if (await grantHold(ports, hold, true)) await wake(ports, hold);
  }
};

/** Frees the stack's slot and hands it to the first claim that waits for one in the target. */
export const freeSlotAndWakeNext = async (
  ports: Needs,
  campaignId: string,
  target: Target,
  stackId: string,
  cap: number,
): Promise<void> => {
  await freeSlot(ports, campaignId, target, stackId);
  for (const hold of await waitingHolds(ports, holdGroups.target(campaignId, target), 10)) {
    if (!(await grantHold(ports, hold, true))) continue;
    if (await takeSlot(ports, campaignId, target, hold.stackId ?? '', cap)) await wake(ports, hold);
    else await grantHold(ports, hold, false);
    return;
  }
};
