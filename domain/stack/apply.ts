import { applyImage } from '../../contracts/apply-image.ts';
import type { StackTask } from '../../contracts/shapes.ts';
import { completeTask } from '../complete-task.ts';
import { Fenced, ForeignChange, ParameterNotValidated, StackBusy } from '../errors.ts';
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

/** Seconds for which what the claim has seen of the stack is believed. */
const freshSeconds = 30;

const isFresh = ({ clock }: Needs, { claimedAt }: StackRecord): boolean =>
  claimedAt !== null && clock.now().getTime() - Date.parse(claimedAt) <= freshSeconds * 1000;

/** Reads the stack right before it is written: nobody may be changing it, and its image must be ours or its previous one. */
const readOurs = async (ports: Needs, record: StackRecord): Promise<StackFacts> => {
  const stack = await readStack(ports, record);
  if (isBusy(stack.status))
    throw new StackBusy(`${record.stackName} is in ${stack.status}: somebody else is updating it`);
  const now = currentImage(stack, record)?.image;
  if (now !== record.image && now !== record.previous?.image)
    throw new ForeignChange(`somebody else has moved ${record.stackName} to ${now ?? 'another template'}`);
  return stack;
};

/** Starts the one CloudFormation operation that brings the stack where it should be; false where none is needed. */
const operate = async (
  ports: Needs,
  record: StackRecord,
  task: Task,
  token: string,
  isRetry: boolean,
): Promise<boolean> => {
  const { direction } = task;
  const { stacks } = ports;
  // Forward, the claim has read the stack a moment ago; else much may have happened since.
  const isKnown = direction === 'forward' && !isRetry && isFresh(ports, record);
  const now = isKnown ? null : await readOurs(ports, record);
  await writeParameter(ports, record, direction);
  // Validating the parameter takes seconds: a turn reserved before it would be over by now.
  if (record.mode === 'ssm') await pace(ports, record, 'update');
  await assertFence(ports, record, direction);
  if (now?.status === 'UPDATE_ROLLBACK_FAILED') {
    await stacks.continueRollback(record, record.stackId, token);
    return true;
  }
  const wanted = direction === 'forward' ? record.image : record.previous?.image;
  if (direction === 'restore' && now && currentImage(now, record)?.image === wanted) return false;
  const stack = now ?? { stackId: record.stackId, parameters: [], capabilities: [], ...record.shape };
  const value = record.mode === 'ssm' ? null : (wanted ?? null);
  const { started } = await stacks.update(record, { stack, parameter: record.parameter, value, requestToken: token });
  return started;
};

/** CloudFormation has refused the operation because of another one: as if it had not been tried; the claim waits again. */
const takeBack = async (ports: Needs, before: StackRecord, wait: NewWait, error: StackBusy): Promise<void> => {
  const record = await getStackRecord(ports, before);
  const changes = { operation: before.operation, touched: before.touched || record.mode === 'ssm' };
  await changeStack(ports, record, changes, { who: 'Apply Image', what: 'not started', why: error.message });
  await forgetWait(ports, wait);
};

/**
 * The use case behind Apply Image. Order matters: record and wait are stored, the fence is read, then CloudFormation is
 * called; so whatever dies in between, the operation is known and the event finds its waiter.
 */
export const apply =
  (ports: Needs) =>
  async (task: Task): Promise<void> => {
    const { campaignId, direction, stack } = task;
    const before = await getStackRecord(ports, { ...stack, campaignId });
    await assertFence(ports, before, direction);
    // Before anything is recorded: whoever is sent away by the queue has touched nothing.
    if (before.mode === 'parameter') await pace(ports, before, 'update');
    const again = before.operation?.direction === direction ? before.operation : null;
    const attempt = again?.attempt ?? (before.operation?.attempt ?? 0) + 1;
    const token = again?.requestToken ?? requestToken(before, direction, attempt);
    const continuesRollback =
      direction === 'restore' && (await readStack(ports, before)).status === 'UPDATE_ROLLBACK_FAILED';
    const wait = newWait(ports, before, task, token, continuesRollback);
    const wanted = direction === 'forward' ? before.image : (before.previous?.image ?? '');

    let record = before;
    if (!again) {
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
      if (again && (await resume(ports, record, wait, wanted))) return;
      if (await operate(ports, record, task, token, again !== null)) return;
      await completeTask(ports, applyImage, task.taskToken, { changed: false });
      await forgetWait(ports, wait);
    } catch (error) {
      if (error instanceof StackBusy)
        await takeBack(ports, again ? { ...before, operation: null } : before, wait, error);
      // Nothing was started and nothing will be: the sweep would look for an end that never comes.
      if (error instanceof ForeignChange || error instanceof Fenced || error instanceof ParameterNotValidated)
        await forgetWait(ports, wait);
      throw error;
    }
  };
