import { applyImage } from '../../contracts/apply-image.ts';
import { completeTask, failTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { Wait } from '../records/wait.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { forgetWait } from '../store/waits.ts';
import { hasTriggers } from './restore-operation.ts';
import { currentImage } from './stack-state.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'stacks'>;

const recordOf = (ports: Needs, { campaignId, context, stackId }: Wait): Promise<StackRecord> =>
  getStackRecord(ports, { campaignId, ring: context['ring'] as string, stackId: stackId ?? '' });

/** Where the update has put the rollback triggers on again that the restore had set aside, the record says so. */
const noteTriggers = async (ports: Needs, wait: Wait): Promise<void> => {
  if (wait.direction !== 'restore') return;
  const record = await recordOf(ports, wait);
  const { setAside } = record;
  if (!setAside) return;
  const stack = await ports.stacks.find(record, record.stackId);
  if (!stack || !hasTriggers(stack, setAside)) return;
  await changeStack(
    ports,
    record,
    { setAside: null },
    {
      who: 'Apply Image',
      what: 'rollback triggers reinstated',
      why: 'the stack is back on its previous image',
      evidence: { rollback: setAside },
    },
  );
};

/** A rollback goes back to before the last update, which need not have been ours: empty, or where it has led instead. */
const notBack = async (ports: Needs, wait: Wait): Promise<string> => {
  const record = await recordOf(ports, wait);
  const stack = await ports.stacks.find(record, record.stackId);
  const image = stack && currentImage(stack, record)?.image;
  return image === record.previous?.image ? '' : `the rollback has ended on ${image ?? 'no image'}`;
};

/**
 * Ends the wait for a CloudFormation operation if this status of it is final. The status comes from the operation's event
 * or from reading the stack; it may come twice, late, or out of order. True where the wait is over.
 */
export const settleUpdate = async (
  ports: Needs,
  wait: Wait,
  status: string,
  statusReason: string,
): Promise<boolean> => {
  const stackId = wait.stackId ?? '';
  const fail = async (name: 'UpdateFailed' | 'RollbackFailed'): Promise<void> => {
    const cause = await ports.stacks.rootCause(wait, stackId, wait.context['requestToken'] as string);
    await failTask(ports, applyImage, wait.taskToken, name, cause === '' ? statusReason || status : cause);
  };
  switch (status) {
    case 'UPDATE_COMPLETE':
      await noteTriggers(ports, wait);
      await completeTask(ports, applyImage, wait.taskToken, { changed: true });
      break;
    case 'UPDATE_ROLLBACK_COMPLETE':
      if (wait.context['continuesRollback'] === true) {
        const elsewhere = await notBack(ports, wait);
        if (elsewhere === '') await completeTask(ports, applyImage, wait.taskToken, { changed: true });
        else await failTask(ports, applyImage, wait.taskToken, 'UpdateFailed', elsewhere);
      } else await fail('UpdateFailed');
      break;
    case 'UPDATE_ROLLBACK_FAILED':
      await fail('RollbackFailed');
      break;
    case 'UPDATE_FAILED':
      await fail('UpdateFailed');
      break;
    default:
      return false;
  }
  await forgetWait(ports, wait);
  return true;
};
