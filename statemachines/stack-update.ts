import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { applyImage } from '../contracts/apply-image.ts';
import { claimStack } from '../contracts/claim-stack.ts';
import { recordStack } from '../contracts/record-stack.ts';
import type { PlannedStack } from '../contracts/shapes.ts';
import { verifyInstances } from '../contracts/verify-instances.ts';
import { claimTimeoutMinutes, type Settings } from './settings.ts';
import { caughtError, choice, equals, invoke, succeed, type Ref, type Workflow } from './typed/index.ts';

/** What a child execution gets: its campaign and its stack. */
export type StackInput = Ref<{ readonly campaignId: string; readonly stack: PlannedStack }>;

interface StackUpdateOptions {
  readonly direction: 'forward' | 'restore';
  /** Tells the states of several copies in one machine apart: `Claim Stack (Canary)`. */
  readonly suffix: string;
  readonly settings: Settings;
  /** Where a failure goes on after it was recorded; without it the child ends there. */
  readonly afterFailure?: { readonly start: IChainable; readonly id: string };
}

/**
 * One stack, in one direction: Claim Stack, Apply Image, Verify Instances, Record Stack. Every state catches everything
 * to Record Stack, so that no stack takes another one's execution down.
 *
 * The successful way is five states long: claim, its choice, apply, verify, record.
 */
export const stackUpdate = (workflow: Workflow, input: StackInput, options: StackUpdateOptions): IChainable => {
  const { direction, suffix, settings, afterFailure } = options;
  const { updateTimeoutMinutes, verifyTimeoutMinutes } = settings.configuration.stacks;
  const id = (name: string) => `${name}${suffix}`;
  const task = { campaignId: input.campaignId, direction, stack: input.stack };

  const failed = { ...task, failure: caughtError() };
  const recordFailure = afterFailure
    ? recordAndContinue(workflow, id, failed, afterFailure)
    : invoke(workflow, id('Record Stack Failure'), recordStack, failed, { output: 'empty' });

  const record = invoke(workflow, id('Record Stack'), recordStack, { ...task, failure: null }, { output: 'empty' });
  const verify = invoke(workflow, id('Verify Instances'), verifyInstances, task, {
    // An instance refresh may take as long as an update; without one the task itself gives up after its own limit.
    timeoutMinutes: updateTimeoutMinutes + verifyTimeoutMinutes,
  });
  const apply = invoke(workflow, id('Apply Image'), applyImage, task, { timeoutMinutes: updateTimeoutMinutes });
  const claim = invoke(workflow, id('Claim Stack'), claimStack, task, { timeoutMinutes: claimTimeoutMinutes });

  apply.catch(['StackBusy'], claim);
  for (const state of [claim, apply, verify, record]) state.catch(['States.ALL'], recordFailure);
  apply.next(verify);
  verify.next(record);
  claim.next(choice(workflow, id('Claimed?')).when(equals(claim.result.decision, 'go'), apply).otherwise(record));
  return claim;
};

/** Within the ring's budget a failed stack goes on to its own restore; beyond it, the campaign restores everything. */
const recordAndContinue = (
  workflow: Workflow,
  id: (name: string) => string,
  failed: Parameters<typeof invoke<typeof recordStack>>[3],
  afterFailure: { readonly start: IChainable; readonly id: string },
) => {
  const record = invoke(workflow, id('Record Stack Failure'), recordStack, failed);
  record.next(
    choice(workflow, afterFailure.id)
      .when(equals(record.result.next, 'restore'), afterFailure.start)
      .otherwise(succeed(workflow, id('Stack Closed'), { output: 'empty' })),
  );
  return record;
};
