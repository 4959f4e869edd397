import { applyImage } from '../../contracts/apply-image.ts';
import type { StackTask } from '../../contracts/shapes.ts';
import { completeTask, failTask } from '../complete-task.ts';
import { ForeignChange } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { StackRecord } from '../records.ts';
import { pace } from '../store/pace.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { findWait, forgetWait, storeWait, waitWrite, type NewWait } from '../store/waits.ts';
import { assertFence } from './fence.ts';
import { requestToken } from './request-token.ts';
import { settleUpdate } from './settle-update.ts';
import { currentImage, isBusy } from './stack-state.ts';
import { writeParameter } from './write-parameter.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'stacks' | 'parameters'>;
type Task = StackTask & { readonly taskToken: string };

const newWait = (ports: Needs, record: StackRecord, task: Task, token: string, continuesRollback: boolean): NewWait => {
  const now = ports.clock.now();
  const { overdueMinutes } = ports.configuration().stacks;
  return {
    key: token,
    kind: 'update',
    campaignId: record.campaignId,
    taskToken: task.taskToken,
    account: record.account,
    region: record.region,
    stackId: record.stackId,
    direction: task.direction,
    context: { requestToken: token, ring: record.ring, continuesRollback },
    createdAt: now.toISOString(),
    overdueAt: new Date(now.getTime() + overdueMinutes * 60_000).toISOString(),
  };
};

/** The stack as it is, or a reason to stop: an Apply never works on a stack it cannot see. */
const readStack = async ({ stacks }: Needs, record: StackRecord): Promise<StackFacts> => {
  const stack = await stacks.find(record, record.stackId);
  if (!stack) throw new ForeignChange(`${record.stackName} was deleted`);
  return stack;
};

/**
 * A retry after the operation was stored: binds the new task token first and then looks once, so that an event between
 * the two is not missed. True where the operation is running or over, and there is nothing left to write.
 */
const resume = async (ports: Needs, record: StackRecord, wait: NewWait, wanted: string): Promise<boolean> => {
  await storeWait(ports, wait);
  const stack = await readStack(ports, record);
  if (isBusy(stack.status)) return true;
  const bound = await findWait(ports, wait.key);
  if (!bound) return true;
  if (currentImage(stack, record)?.image === wanted && stack.status === 'UPDATE_COMPLETE')
    return settleUpdate(ports, bound, stack.status, stack.statusReason);
  const failed = await ports.stacks.rootCause(record, record.stackId, wait.key);
  return failed !== '' && (await settleUpdate(ports, bound, stack.status, stack.statusReason));
};

/** Starts the one CloudFormation operation that brings the stack where it should be; false where none is needed. */
const operate = async (ports: Needs, record: StackRecord, task: Task, token: string): Promise<boolean> => {
  const { direction } = task;
  const { stacks } = ports;
  // Forward, the claim has just read the stack; back, much may have happened since.
  const now = direction === 'restore' ? await readStack(ports, record) : null;
  await writeParameter(ports, record, direction);
  if (now?.status === 'UPDATE_ROLLBACK_FAILED') {
    await assertFence(ports, record, direction);
    await stacks.continueRollback(record, record.stackId, token);
    return true;
  }
  const wanted = direction === 'forward' ? record.image : record.previous?.image;
  if (now && currentImage(now, record)?.image === wanted) return false;
  const stack =
    now ?? (record.shape && { stackId: record.stackId, ...record.shape }) ?? (await readStack(ports, record));
  await pace(ports, record, 'update');
  await assertFence(ports, record, direction);
  const value = record.mode === 'ssm' ? null : (wanted ?? null);
  const { started } = await stacks.update(record, { stack, parameter: record.parameter, value, requestToken: token });
  return started;
};

/**
 * The use case behind Apply Image. Order matters: record and wait are stored, the fence is read, then CloudFormation is
 * called; so whatever dies in between, the operation is known and the event finds its waiter.
 */
export const apply =
  (ports: Needs) =>
  async (task: Task): Promise<void> => {
    const { campaignId, direction, stack } = task;
    let record = await getStackRecord(ports, { ...stack, campaignId });
    await assertFence(ports, record, direction);
    const again = record.operation?.direction === direction ? record.operation : null;
    const attempt = again?.attempt ?? (record.operation?.attempt ?? 0) + 1;
    const token = again?.requestToken ?? requestToken(record, direction, attempt);
    const continuesRollback =
      direction === 'restore' && (await readStack(ports, record)).status === 'UPDATE_ROLLBACK_FAILED';
    const wait = newWait(ports, record, task, token, continuesRollback);
    const wanted = direction === 'forward' ? record.image : (record.previous?.image ?? '');

    if (again) {
      if (await resume(ports, record, wait, wanted)) return;
    } else {
      const operation = { requestToken: token, direction, attempt, startedAt: ports.clock.now().toISOString() };
      record = await changeStack(
        ports,
        record,
        { touched: true, operation },
        { who: 'Apply Image', what: `apply ${direction}`, why: `move to ${wanted}`, evidence: { requestToken: token } },
        [waitWrite(wait)],
      );
    }
    try {
      if (await operate(ports, record, task, token)) return;
      await completeTask(ports, applyImage, task.taskToken, { changed: false });
    } catch (error) {
      if (!(error instanceof ForeignChange)) throw error;
      await failTask(ports, applyImage, task.taskToken, 'ForeignChange', error.message);
    }
    await forgetWait(ports, wait);
  };
