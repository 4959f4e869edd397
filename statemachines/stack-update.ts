import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { applyImage } from '../contracts/apply-image.ts';
import { claimStack } from '../contracts/claim-stack.ts';
import { recordStack } from '../contracts/record-stack.ts';
import type { PlannedStack } from '../contracts/shapes.ts';
import { verifyInstances } from '../contracts/verify-instances.ts';
import { claimTimeoutMinutes, type Settings } from './settings.ts';
import { caughtError, choice, equals, invoke, succeed, waitSeconds, type Ref, type Workflow } from './typed/index.ts';

/** What a child execution gets: its campaign and its stack. */
export type StackInput = Ref<{ readonly campaignId: string; readonly stack: PlannedStack }>;

/** Between two tries of a stack's restore: long enough for passing trouble to pass and for an alarm to turn green. */
const retrySeconds = 300;

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
  // On the way back every end may be followed by another try; forward, success is the end.
  const retry = direction === 'restore' ? waitSeconds(workflow, id('Wait Before Next Try'), retrySeconds) : null;
  const afterwards = retry ? { id: id('Try Again?'), start: retry } : afterFailure;
  const recordFailure = afterwards
    ? recordAndContinue(workflow, id('Record Stack Failure'), failed, { ...afterwards, closed: id('Stack Closed') })
    : invoke(workflow, id('Record Stack Failure'), recordStack, failed, { output: 'empty' });

  const succeeded = { ...task, failure: null };
  const record = retry
    ? recordAndContinue(workflow, id('Record Stack'), succeeded, {
        id: id('All Back?'),
        start: retry,
        closed: id('Stack Back'),
      })
    : invoke(workflow, id('Record Stack'), recordStack, succeeded, { output: 'empty' });
  const verify = invoke(workflow, id('Verify Instances'), verifyInstances, task, {
    // An instance refresh may take as long as an update; without one the task itself gives up after its own limit.
    timeoutMinutes: updateTimeoutMinutes + verifyTimeoutMinutes,
  });
  const apply = invoke(workflow, id('Apply Image'), applyImage, task, { timeoutMinutes: updateTimeoutMinutes });
  const claim = invoke(workflow, id('Claim Stack'), claimStack, task, { timeoutMinutes: claimTimeoutMinutes });

  retry?.next(claim);
  apply.catch(['StackBusy'], claim);
  for (const state of [claim, apply, verify, record]) state.catch(['States.ALL'], recordFailure);
  apply.next(verify);
  verify.next(record);
  claim.next(choice(workflow, id('Claimed?')).when(equals(claim.result.decision, 'go'), apply).otherwise(record));
  return claim;
};

/** Records, and goes on where the record says that there is something to restore; else the child ends. */
const recordAndContinue = (
  workflow: Workflow,
  recordId: string,
  payload: Parameters<typeof invoke<typeof recordStack>>[3],
  { start, id, closed }: { readonly start: IChainable; readonly id: string; readonly closed: string },
) => {
  const record = invoke(workflow, recordId, recordStack, payload);
  record.next(
    choice(workflow, id)
      .when(equals(record.result.next, 'restore'), start)
      .otherwise(succeed(workflow, closed, { output: 'empty' })),
  );
  return record;
};
