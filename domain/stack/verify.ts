import type { StackTask } from '../../contracts/shapes.ts';
import type { Ports } from '../ports/index.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { storeWait } from '../store/waits.ts';
import { assertFence } from './fence.ts';
import { allOn } from './instances.ts';
import { settleVerification } from './settle-verification.ts';

export type VerifyNeeds = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'groups'>;

/**
 * The use case behind Verify Instances: done is every InService instance on the image. Where old instances are left that
 * the update did not replace, an instance refresh replaces them; its events complete the task.
 */
export const verify =
  (ports: VerifyNeeds) =>
  async (task: StackTask & { readonly taskToken: string }): Promise<void> => {
    const { campaignId, direction, stack, taskToken } = task;
    let record = await getStackRecord(ports, { ...stack, campaignId });
    if (direction === 'forward' && record.status === 'updating')
      record = await changeStack(
        ports,
        record,
        { status: 'verifying' },
        {
          who: 'Verify Instances',
          what: 'verify',
          why: 'the stack has the image; its instances are counted',
        },
      );
    const wanted = direction === 'forward' ? record.image : (record.previous?.image ?? '');
    const groups = await ports.groups.ofStacks(record, [record.stackId]);
    const now = ports.clock.now();
    const { overdueMinutes } = ports.configuration().stacks;
    const waits = groups.map((group) => ({
      key: group.arn,
      kind: 'verify' as const,
      campaignId,
      taskToken,
      account: record.account,
      region: record.region,
      stackId: record.stackId,
      direction,
      context: { wanted, ring: record.ring, groups: groups.map(({ arn }) => arn), refresh: null },
      createdAt: now.toISOString(),
      // Launch events may be lost: the counts are looked at again well before the state times out.
      overdueAt: new Date(now.getTime() + Math.min(overdueMinutes, 10) * 60_000).toISOString(),
    }));
    if (allOn(groups, wanted)) {
      await settleVerification(ports, { ...task, wanted, groupArns: [] }, groups);
      return;
    }
    for (const wait of waits) await storeWait(ports, wait);
    for (const group of groups) {
      const old = Object.entries(group.inService).some(([image, count]) => image !== wanted && count > 0);
      if (!old) continue;
      await assertFence(ports, record, direction);
      await ports.groups.startRefresh(record, group.name);
    }
  };
