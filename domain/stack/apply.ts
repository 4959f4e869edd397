import { applyImage } from '../../contracts/apply-image.ts';
import type { StackTask } from '../../contracts/shapes.ts';
import { completeTask } from '../complete-task.ts';
import { Fenced, ForeignChange, ParameterNotValidated, PreviewNotReady, PreviewRefused, StackBusy } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { RollbackTriggers, StackFacts } from '../ports/stacks.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { pace } from '../store/pace.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { findWait, forgetWait, storeWait, waitWrite, type NewWait } from '../store/waits.ts';
import { applyAtLaunch } from './apply-at-launch.ts';
import { assertFence } from './fence.ts';
import { preview } from './preview.ts';
import { requestToken } from './request-token.ts';
import { hasTriggers, redTriggers, restoreKind } from './restore-operation.ts';
import { settleUpdate } from './settle-update.ts';
import { currentImage, isBusy } from './stack-state.ts';
import { updateLimitMinutes } from './update-limit.ts';
import { writeParameter } from './write-parameter.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'stacks' | 'parameters' | 'alarms'>;
type Operation = NonNullable<StackRecord['operation']>;
type Task = StackTask & { readonly taskToken: string };

/** Before an update's time is over: two sweeps, one of which may come late. */
const lastLookMinutes = 10;

const newWait = (ports: Needs, record: StackRecord, task: Task, operation: Operation): NewWait => {
  const { requestToken: token, kind = 'update' } = operation;
  const now = ports.clock.now();
  const { overdueMinutes } = ports.configuration().stacks;
  const after = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  // The sweep looks once more before the state's time is over: an update whose event was lost has not failed.
  const limit = updateLimitMinutes(ports, record);
  const lastLook = Math.max(limit / 2, limit - lastLookMinutes);
  return {
    key: token,
    kind: 'update',
    campaignId: record.campaignId,
    taskToken: task.taskToken,
    account: record.account,
    region: record.region,
    stackId: record.stackId,
    direction: task.direction,
    context: {
      requestToken: token,
      ring: record.ring,
      continuesRollback: kind !== 'update',
      deadline: after(lastLook),
    },
    createdAt: now.toISOString(),
    overdueAt: after(Math.min(overdueMinutes, lastLook)),
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

/** Validating an SSM parameter and looking at a preview take seconds: a turn reserved before them would be over by then. */
const isPacedLate = ({ configuration }: Needs, { mode }: StackRecord): boolean =>
  mode === 'ssm' || configuration().stacks.previewChanges;

/** The one forward update; false where CloudFormation had nothing to do. */
const operateForward = async (ports: Needs, record: StackRecord, token: string, isRetry: boolean): Promise<boolean> => {
  // The claim has read the stack a moment ago; else much may have happened since.
  const now = !isRetry && isFresh(ports, record) ? null : await readOurs(ports, record);
  await writeParameter(ports, record, 'forward');
  const stack = now ?? { stackId: record.stackId, parameters: [], capabilities: [], ...record.shape };
  const value = record.mode === 'ssm' ? null : record.image;
  const update = { stack, parameter: record.parameter, value, requestToken: token };
  if (ports.configuration().stacks.previewChanges) {
    await assertFence(ports, record, 'forward');
    await preview(ports, record, update);
  }
  if (isPacedLate(ports, record)) await pace(ports, record, 'update');
  await assertFence(ports, record, 'forward');
  return (await ports.stacks.update(record, update)).started;
};

/** The stack is back on its image: all that can be left to do is to put its rollback triggers on again. */
const reinstate = async (ports: Needs, record: StackRecord, now: StackFacts, token: string): Promise<boolean> => {
  const { setAside } = record;
  if (!setAside || hasTriggers(now, setAside)) return false;
  // A red one would roll this update back as well; the next try looks again.
  if ((await redTriggers(ports, record, setAside)).length > 0) return false;
  await assertFence(ports, record, 'restore');
  const { parameter } = record;
  const update = { stack: now, parameter, value: null, requestToken: token, rollback: setAside };
  return (await ports.stacks.update(record, update)).started;
};

/** Takes red rollback triggers off for the restore: they would roll it back. What the stack had is recorded first. */
const setTriggersAside = async (ports: Needs, of: StackRecord, now: StackFacts): Promise<RollbackTriggers | null> => {
  const red = await redTriggers(ports, of, now.rollback);
  if (red.length === 0) return null;
  const record = await getStackRecord(ports, of);
  await changeStack(
    ports,
    record,
    { setAside: record.setAside ?? now.rollback },
    {
      who: 'Apply Image',
      what: 'set rollback triggers aside',
      why: `${red.join(', ')} is red and would roll the restore back`,
      evidence: { rollback: now.rollback },
    },
  );
  return { triggers: [], monitoringMinutes: 0 };
};

/** The one operation that brings the stack closer to its previous image; false where none is needed. */
const operateBack = async (ports: Needs, record: StackRecord, { requestToken, kind, skip }: Operation) => {
  const { stacks } = ports;
  const now = await readOurs(ports, record);
  await writeParameter(ports, record, 'restore');
  if (record.mode === 'ssm') await pace(ports, record, 'update');
  await assertFence(ports, record, 'restore');
  if (kind === 'continueRollback' && now.status === 'UPDATE_ROLLBACK_FAILED') {
    await stacks.continueRollback(record, record.stackId, requestToken, skip ?? []);
    return true;
  }
  if (kind === 'rollback' && now.status === 'UPDATE_FAILED') {
    await stacks.rollback(record, record.stackId, requestToken);
    return true;
  }
  const wanted = record.previous?.image ?? null;
  if (currentImage(now, record)?.image === wanted) return reinstate(ports, record, now, requestToken);
  const rollback = await setTriggersAside(ports, record, now);
  const value = record.mode === 'ssm' ? null : wanted;
  const update = { stack: now, parameter: record.parameter, value, requestToken };
  return (await stacks.update(record, rollback ? { ...update, rollback } : update)).started;
};

/** CloudFormation has refused the operation because of another one: as if it had not been tried; the claim waits again. */
const takeBack = async (ports: Needs, before: StackRecord, wait: NewWait, error: StackBusy): Promise<void> => {
  const record = await getStackRecord(ports, before);
  const changes = { operation: before.operation, touched: before.touched || record.mode === 'ssm' };
  await changeStack(ports, record, changes, { who: 'Apply Image', what: 'not started', why: error.message });
  await forgetWait(ports, wait);
};

const kindOf = ({ kind, skip }: Operation) => ({
  ...(kind === undefined || kind === 'update' ? {} : { operation: kind }),
  ...(skip === undefined || skip.length === 0 ? {} : { skippedResources: skip }),
});

/** A deliberate operation of its own: the next number, and on the way back what the stack's state asks for. */
const newOperation = async (
  ports: Needs,
  record: StackRecord,
  direction: StackTask['direction'],
): Promise<Operation> => {
  const attempt = (record.operation?.attempt ?? 0) + 1;
  const startedAt = ports.clock.now().toISOString();
  const operation = { requestToken: requestToken(record, direction, attempt), direction, attempt, startedAt };
  if (direction === 'forward') return operation;
  return { ...operation, ...(await restoreKind(ports, record, await readStack(ports, record))) };
};

/** Errors after which no operation runs. */
const nothingStarted = [ForeignChange, Fenced, ParameterNotValidated, PreviewNotReady, PreviewRefused] as const;

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
    if (before.readBy === 'launch') return applyAtLaunch(ports, before, task);
    // Before anything is recorded: whoever is sent away by the queue has touched nothing.
    if (direction === 'restore' ? before.mode === 'parameter' : !isPacedLate(ports, before))
      await pace(ports, before, 'update');
    const last = before.operation;
    const again = last?.direction === direction && last.over !== true ? last : null;
    const operation = again ?? (await newOperation(ports, before, direction));
    const { requestToken: token } = operation;
    const wait = newWait(ports, before, task, operation);
    const wanted = direction === 'forward' ? before.image : (before.previous?.image ?? '');

    let record = before;
    if (!again) {
      record = await changeStack(
        ports,
        record,
        { touched: true, operation },
        {
          who: 'Apply Image',
          what: `apply ${direction}`,
          why: `move to ${wanted}`,
          evidence: { requestToken: token, ...kindOf(operation) },
        },
        [waitWrite(wait)],
      );
    }
    try {
      if (again && (await resume(ports, record, wait, wanted))) return;
      const started =
        direction === 'forward'
          ? await operateForward(ports, record, token, again !== null)
          : await operateBack(ports, record, operation);
      if (started) return;
      await completeTask(ports, applyImage, task.taskToken, { changed: false });
      await forgetWait(ports, wait);
    } catch (error) {
      if (error instanceof StackBusy)
        await takeBack(ports, again ? { ...before, operation: { ...again, over: true } } : before, wait, error);
      // Nothing was started and nothing will be: the sweep would look for an end that never comes.
      if (nothingStarted.some((one) => error instanceof one)) await forgetWait(ports, wait);
      throw error;
    }
  };
