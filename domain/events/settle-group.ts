import type { Ports } from '../ports/index.ts';
import type { Wait } from '../records.ts';
import { describeCounts, countImages } from '../stack/instances.ts';
import { storeWait } from '../store/waits.ts';
import { failVerification, settleVerification, type Verification } from '../stack/settle-verification.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'groups'>;

const verificationOf = (wait: Wait): Verification => ({
  campaignId: wait.campaignId,
  stack: {
    stackId: wait.stackId ?? '',
    ring: wait.context['ring'] as string,
    account: wait.account,
    region: wait.region,
  },
  taskToken: wait.taskToken,
  wanted: wait.context['wanted'] as string,
  groupArns: wait.context['groups'] as string[],
});

/**
 * Counts the instances of the stack that waits. `refreshEnded` is the event of a refresh that did not succeed: if the
 * counts do not match then, they never will. True where the wait is over.
 */
export const settleGroup = async (ports: Needs, wait: Wait, refreshEnded: string | null): Promise<boolean> => {
  const verification = verificationOf(wait);
  const groups = await ports.groups.ofStacks(wait, [verification.stack.stackId]);
  if (await settleVerification(ports, verification, groups)) return true;
  if (wait.context['restart'] === true) {
    const { started } = await ports.groups.startRefresh(wait, wait.context['group'] as string);
    if (started) await storeWait(ports, { ...wait, context: { ...wait.context, restart: false, refreshing: true } });
    return false;
  }
  if (refreshEnded === null || wait.context['refreshing'] !== true) return false;
  const counts = describeCounts(countImages(groups));
  await failVerification(ports, verification, `${refreshEnded}; InService instances: ${counts}`);
  return true;
};
