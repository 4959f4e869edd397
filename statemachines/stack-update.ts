import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { applyImage } from '../contracts/apply-image.ts';
import { claimStack } from '../contracts/claim-stack.ts';
import { recordStack } from '../contracts/record-stack.ts';
import type { PlannedStack } from '../contracts/shapes.ts';
import { verifyInstances } from '../contracts/verify-instances.ts';
import { claimTimeoutMinutes, type Settings } from './settings.ts';
import { caughtError, choice, equals, invoke, waitSeconds, type Ref, type Workflow } from './typed/index.ts';

/** What a child execution gets: its campaign and its stack. */
export type StackInput = Ref<{ readonly campaignId: string; readonly stack: PlannedStack }>;

/** Between two tries of a stack's restore: long enough for passing trouble to pass and for an alarm to turn green. */
const retrySeconds = 300;

interface StackUpdateOptions {
  /** Where a failed stack goes on to be put back at once. Without it this is the way back, and each try follows the last. */
  readonly wayBack?: IChainable;
  /** Tells the states of several copies in one machine apart: `Claim Stack (Canary)`. */
  readonly suffix: string;
  readonly settings: Settings;
}

/**
 * One stack, in one direction: Claim Stack, Apply Image, Verify Instances, Record Stack. Every state catches everything
 * to Record Stack, so that no stack takes another one's execution down.
 *
 * The successful way is five states long: claim, its choice, apply, verify, record. That the stack has to be put back,
 * or that once more, Record Stack says by an error: a choice behind it would cost every stack a transition.
 */
export const stackUpdate = (workflow: Workflow, input: StackInput, options: StackUpdateOptions): IChainable => {
  const { wayBack, suffix, settings } = options;
  const { updateTimeoutMinutes, verifyTimeoutMinutes } = settings.configuration.stacks;
  const id = (name: string) => `${name}${suffix}`;
  const direction = wayBack ? ('forward' as const) : ('restore' as const);
  const task = { campaignId: input.campaignId, direction, stack: input.stack };

  const failed = { ...task, failure: caughtError() };
  const succeeded = { ...task, failure: null };
  const recordFailure = invoke(workflow, id('Record Stack Failure'), recordStack, failed, { output: 'empty' });
  const record = invoke(workflow, id('Record Stack'), recordStack, succeeded, { output: 'empty' });
  const verify = invoke(workflow, id('Verify Instances'), verifyInstances, task, {
    // An instance refresh may take as long as an update; without one the task itself gives up after its own limit.
    timeoutMinutes: updateTimeoutMinutes + verifyTimeoutMinutes,
  });
  const claim = invoke(workflow, id('Claim Stack'), claimStack, task, { timeoutMinutes: claimTimeoutMinutes });
  const apply = invoke(workflow, id('Apply Image'), applyImage, task, {
    timeoutSeconds: claim.result.updateTimeoutSeconds,
  });

  const restoreDue = wayBack ?? waitSeconds(workflow, id('Wait Before Next Try'), retrySeconds).next(claim);
  // On the way forward only a failure leads back; on the way back a success does, too, while triggers are set aside.
  for (const state of wayBack ? [recordFailure] : [record, recordFailure]) state.catch(['RestoreDue'], restoreDue);
  apply.catch(['StackBusy'], claim);
  for (const state of [claim, apply, verify, record]) state.catch(['States.ALL'], recordFailure);
  apply.next(verify);
  verify.next(record);
  claim.next(choice(workflow, id('Claimed?')).when(equals(claim.result.decision, 'go'), apply).otherwise(record));
  return claim;
};
