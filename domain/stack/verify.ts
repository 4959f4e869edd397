import type { StackTask } from '../../contracts/shapes.ts';
import type { Ports } from '../ports/index.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { findWait, storeWait, type NewWait } from '../store/waits.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { Wait } from '../records/wait.ts';
import type { Direction } from '../words.ts';
import { awaitsTargetsOnly, countGroups, type CountedGroup } from './count-groups.ts';
import { cancelRefresh, startRefresh } from './refresh.ts';
import { settleVerification, type VerificationContext } from './settle-verification.ts';

type Task = StackTask & { readonly taskToken: string };
export type VerifyNeeds = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'groups' | 'targetGroups'>;

/** A wait of a verification, beside the group that it is about. */
type NewVerifyWait = NewWait & {
  readonly group: CountedGroup;
  readonly context: VerificationContext & Record<string, unknown>;
};

/**
 * Launch events may be lost: the counts are looked at again well before the state times out. Of a target's health there
 * is no event at all: load balancers send none to EventBridge.
 */
const lookAfterMinutes = ({ targetGroups = [] }: CountedGroup): number => (targetGroups.length > 0 ? 3 : 10);

/** The waits of one verification, one for each group: launch and refresh events carry the group's ARN. */
const newWaits = (
  ports: VerifyNeeds,
  record: StackRecord,
  task: Task,
  wanted: string,
  groups: readonly CountedGroup[],
) => {
  const now = ports.clock.now();
  const { overdueMinutes, verifyTimeoutMinutes } = ports.configuration().stacks;
  const deadline = new Date(now.getTime() + verifyTimeoutMinutes * 60_000).toISOString();
  const arns = groups.map(({ arn }) => arn);
  return groups.map((group): NewVerifyWait => ({
    group,
    key: group.arn,
    kind: 'verify',
    campaignId: record.campaignId,
    taskToken: task.taskToken,
    account: record.account,
    region: record.region,
    stackId: record.stackId,
    direction: task.direction,
    context: {
      wanted,
      ring: record.ring,
      groups: arns,
      group: group.name,
      refreshId: '',
      restart: false,
      deadline,
    },
    createdAt: now.toISOString(),
    overdueAt: new Date(now.getTime() + Math.min(overdueMinutes, lookAfterMinutes(group)) * 60_000).toISOString(),
  }));
};

/**
 * Starts the refresh of a group. One that runs already and is not ours may bring any image: ours begins when it has
 * ended, and a restore ends it.
 */
const refresh = async (
  ports: VerifyNeeds,
  record: StackRecord,
  direction: Direction,
  { group, ...wait }: NewVerifyWait,
  ours: string,
): Promise<void> => {
  const { id, started } = await startRefresh(ports, record, direction, group.name);
  if (started || id === ours) {
    await storeWait(ports, { ...wait, context: { ...wait.context, refreshId: id } });
    return;
  }
  await storeWait(ports, { ...wait, context: { ...wait.context, restart: true } });
  if (direction === 'restore') await cancelRefresh(ports, record, direction, group.name);
};

/** The id of our refresh, if an earlier try of this task has started one. */
const ownRefresh = (
  before: Wait | undefined,
  { campaignId, direction }: { campaignId: string; direction: Direction },
): string =>
  before?.campaignId === campaignId && before.direction === direction
    ? (before.context as unknown as VerificationContext).refreshId
    : '';

/**
 * The use case behind Verify Instances: done is every InService instance on the image, and
 * healthy in its target groups. Where old instances are left that
 * the update did not replace, an instance refresh replaces them; its events complete the task.
 */
export const verify =
  (ports: VerifyNeeds) =>
  async (task: Task): Promise<void> => {
    const { campaignId, direction, stack } = task;
    let record = await getStackRecord(ports, { ...stack, campaignId });
    if (direction === 'forward' && record.status === 'updating')
      record = await changeStack(
        ports,
        record,
        { status: 'verifying' },
        { who: 'Verify Instances', what: 'verify', why: 'the stack has the image; its instances are counted' },
      );
    const wanted = direction === 'forward' ? record.image : (record.previous?.image ?? '');
    const count = () => countGroups(ports, record, wanted);
    const groups = await count();
    const verification = { ...task, wanted, groupArns: groups.map(({ arn }) => arn) };
    if (await settleVerification(ports, verification, groups)) return;

    let refreshes = 0;
    for (const wait of newWaits(ports, record, task, wanted, groups)) {
      const before = await findWait(ports, wait.key);
      const { group, ...stored } = wait;
      const old = Object.entries(group.inService).some(([image, number]) => image !== wanted && number > 0);
      // On the way back, what is not InService is most likely broken by the image we come from: it must go as well.
      const refreshed = old || (direction === 'restore' && !awaitsTargetsOnly(group, wanted));
      const ours = refreshed ? ownRefresh(before, { campaignId, direction }) : '';
      await storeWait(ports, { ...stored, context: { ...stored.context, refreshId: ours } });
      if (!refreshed) continue;
      await refresh(ports, record, direction, wait, ours);
      refreshes += 1;
    }
    // No refresh will tell: what was launched while the waits were being stored is seen by one more look.
    if (refreshes === 0) await settleVerification(ports, verification, await count());
  };
