import { applyImage } from '../../contracts/apply-image.ts';
import { completeTask, failTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import type { Wait } from '../records.ts';
import { forgetWait } from '../store/waits.ts';

type Needs = Pick<Ports, 'table' | 'executions' | 'stacks'>;

const sentence = (rootCause: string, fallback: string): string => (rootCause === '' ? fallback : rootCause);

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
  const cause = () => ports.stacks.rootCause(wait, stackId, wait.context['requestToken'] as string);
  switch (status) {
    case 'UPDATE_COMPLETE':
      await completeTask(ports, applyImage, wait.taskToken, { changed: true });
      break;
    case 'UPDATE_ROLLBACK_COMPLETE':
      if (wait.context['continuesRollback'] === true)
        await completeTask(ports, applyImage, wait.taskToken, { changed: true });
      else
        await failTask(
          ports,
          applyImage,
          wait.taskToken,
          'UpdateFailed',
          sentence(await cause(), statusReason || status),
        );
      break;
    case 'UPDATE_ROLLBACK_FAILED':
      await failTask(
        ports,
        applyImage,
        wait.taskToken,
        'RollbackFailed',
        sentence(await cause(), statusReason || status),
      );
      break;
    case 'UPDATE_FAILED':
      await failTask(
        ports,
        applyImage,
        wait.taskToken,
        'UpdateFailed',
        sentence(await cause(), statusReason || status),
      );
      break;
    default:
      return false;
  }
  await forgetWait(ports, wait);
  return true;
};
