import { applyImage } from '../../contracts/apply-image.ts';
import type { StackTask } from '../../contracts/shapes.ts';
import { completeTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { pace } from '../store/pace.ts';
import { changeStack } from '../store/stack-records.ts';
import { requestToken } from './request-token.ts';
import { writeParameter } from './write-parameter.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'parameters'>;

/**
 * Gives the image to a stack whose launches read an SSM parameter: the parameter is written, and no update of the stack
 * follows, because the template does not change. From here on a scale-out starts the new image; the instances that run
 * are replaced by the refresh that Verify Instances starts.
 */
export const applyAtLaunch = async (
  ports: Needs,
  before: StackRecord,
  { direction, taskToken }: StackTask & { readonly taskToken: string },
): Promise<void> => {
  await pace(ports, before, 'write');
  const again = before.operation?.direction === direction && before.operation.over !== true;
  const attempt = (before.operation?.attempt ?? 0) + 1;
  const wanted = direction === 'forward' ? before.image : (before.previous?.image ?? '');
  const token = requestToken(before, direction, attempt);
  const startedAt = ports.clock.now().toISOString();
  const record = again
    ? before
    : await changeStack(
        ports,
        before,
        { touched: true, operation: { requestToken: token, direction, attempt, startedAt } },
        {
          who: 'Apply Image',
          what: `apply ${direction}`,
          why: `launches are to read ${wanted}`,
          evidence: { ssmParameter: before.ssmParameter },
        },
      );
  await writeParameter(ports, record, direction);
  await completeTask(ports, applyImage, taskToken, { changed: true });
};
