import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { closeRestore } from '../contracts/close-restore.ts';
import { listTouchedStacks } from '../contracts/list-touched-stacks.ts';
import { openRestore } from '../contracts/open-restore.ts';
import { report } from '../contracts/report.ts';
import { restorePromotion } from '../contracts/restore-promotion.ts';
import { plannedStack } from '../contracts/shapes.ts';
import type { Settings } from './settings.ts';
import { stackUpdate } from './stack-update.ts';
import {
  choice,
  equals,
  executionId,
  executionInput,
  fail,
  forEach,
  invoke,
  isPositive,
  succeed,
  waitSeconds,
  type Workflow,
} from './typed/index.ts';

/** What the restore is started with. */
export interface RestoreInput {
  readonly campaignId: string;
  readonly reason: string;
}

/** Stacks restored at once; a restore is urgent, and each target's own cap still holds. */
const restoreCap = 500;

/**
 * The restore of one campaign, started by its branch Restore Previous Image, by the rule on ended executions, or by an
 * operator. Raises the fence, puts promotion and stacks back, reads everything once more, and writes the outcome.
 */
export const restore = (workflow: Workflow, settings: Settings): IChainable => {
  const { campaignId, reason } = executionInput<RestoreInput>();
  const open = invoke(workflow, 'Open Restore', openRestore, { campaignId, reason, executionArn: executionId });
  const settle = waitSeconds(workflow, 'Wait Out Apply', open.result.settleSeconds);
  const promotion = invoke(workflow, 'Restore Promotion', restorePromotion, { campaignId });
  const list = invoke(workflow, 'List Touched Stacks', listTouchedStacks, { campaignId });
  const close = invoke(workflow, 'Close Restore', closeRestore, { campaignId });
  const end = invoke(workflow, 'Report', report, { campaignId, failure: null });
  const map = forEach(
    workflow,
    'Restore Stacks',
    { bucket: list.result.bucket, key: list.result.key },
    plannedStack,
    (stack) => ({ campaignId, stack }),
    (child, input) => stackUpdate(child, input, { suffix: '', settings }),
    {
      maxConcurrency: restoreCap,
      itemsBucket: settings.planBucket,
      resultBucket: settings.planBucket,
      resultPrefix: 'results',
    },
  );

  open.next(
    choice(workflow, 'Anything To Restore?').when(equals(open.result.decision, 'restore'), settle).otherwise(end),
  );
  settle.next(promotion);
  // A promotion that cannot be put back must not keep the stacks from going back; the last look reports it.
  promotion.catch(['States.ALL'], list).next(list);
  list.next(choice(workflow, 'Any Touched?').when(isPositive(list.result.stacks), map).otherwise(close));
  // Whatever the map says: what is not back is found by the last look and quarantined with its reason.
  map.catch(['States.ALL'], close).next(close);
  close.next(end);
  end.next(
    choice(workflow, 'All Restored?')
      .when(
        equals(end.result.outcome, 'RESTORE_INCOMPLETE'),
        fail(workflow, 'Restore Incomplete', { error: 'RESTORE_INCOMPLETE', causePath: end.result.reason }),
      )
      .otherwise(succeed(workflow, 'Restored')),
  );
  return open;
};
