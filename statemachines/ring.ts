import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { awaitWindow } from '../contracts/await-window.ts';
import { approveRing } from '../contracts/approve-ring.ts';
import { closeRing } from '../contracts/close-ring.ts';
import { confirmApproval } from '../contracts/confirm-approval.ts';
import type { OutputOf } from '../contracts/contract.ts';
import type { planRings } from '../contracts/plan-rings.ts';
import { recheckGates } from '../contracts/recheck-gates.ts';
import { plannedStack } from '../contracts/shapes.ts';
import type { Ring } from '../domain/configuration/ring.ts';
import { windowTimeoutMinutes, type Settings } from './settings.ts';
import { stackUpdate, type StackInput } from './stack-update.ts';
import { ringTitle } from './titles.ts';
import {
  choice,
  entry,
  executionName,
  forEach,
  invoke,
  isPositive,
  isTrue,
  raise,
  waitMinutes,
  type Ref,
  type Workflow,
} from './typed/index.ts';

interface RingOptions {
  readonly settings: Settings;
  readonly plan: Ref<OutputOf<typeof planRings>>;
  /** Where any failure goes. */
  readonly restore: IChainable;
  /** What follows when the ring has passed, or had no stack. */
  readonly next: IChainable;
}

/**
 * One ring: its stacks side by side, its verdict, its bake, the recheck, and the operators' approval where one is asked
 * for. Whatever goes wrong leads to the restore.
 */
export const ring = (
  workflow: Workflow,
  { name, cap, bakeMinutes, approval, windows, calendars }: Ring,
  options: RingOptions,
): IChainable => {
  const { settings, plan, restore, next } = options;
  const title = ringTitle(name);
  const planned = entry(plan.rings, name);
  const onward = approval === 'none' ? next : approve(workflow, name, options);

  const map = forEach(
    workflow,
    `${title} Ring`,
    { bucket: plan.bucket, key: planned.key },
    plannedStack,
    (stack) => ({ campaignId: executionName, stack }),
    (child, input) => ringStack(child, input, title, settings),
    {
      maxConcurrency: cap,
      itemsBucket: settings.planBucket,
      resultBucket: settings.planBucket,
      resultPrefix: 'results',
    },
  ).catch(['States.ALL'], restore);

  const close = invoke(workflow, `Close Ring (${title})`, closeRing, { campaignId: executionName, ring: name });
  const recheck = invoke(workflow, `Recheck Gates (${title})`, recheckGates, { campaignId: executionName, ring: name });
  const bake = waitMinutes(workflow, `Bake ${title} Ring`, bakeMinutes);
  const ringFailed = raise(workflow, `${title} Ring Failed`, { Error: 'RingFailed', Cause: close.result.reason });
  const recheckFailed = raise(workflow, `${title} Ring Recheck Failed`, {
    Error: 'GateRejected',
    Cause: recheck.result.verdict.reason,
  });
  ringFailed.next(restore);
  recheckFailed.next(restore);

  map.next(close.catch(['States.ALL'], restore));
  close.next(choice(workflow, `${title} Ring Passed?`).when(isTrue(close.result.passed), bake).otherwise(ringFailed));
  bake.next(recheck.catch(['States.ALL'], restore));
  recheck.next(
    choice(workflow, `Still Good? (${title})`)
      .when(isTrue(recheck.result.verdict.passed), onward)
      .otherwise(recheckFailed),
  );
  const isTimed = windows.length + calendars.length + settings.configuration.calendars.length > 0;
  const begin = isTimed ? awaitStart(workflow, name, { restore, next: map }) : map;
  // A ring without work has nothing to bake, but the approval behind it guards the rings that follow.
  return choice(workflow, `Any Stacks? (${title})`).when(isPositive(planned.stacks), begin).otherwise(onward);
};

/** Waits by task token until the calendars and the ring's windows let it start. */
const awaitStart = (workflow: Workflow, name: string, { restore, next }: Pick<RingOptions, 'restore' | 'next'>) => {
  const title = ringTitle(name);
  const wait = invoke(
    workflow,
    `Await Window (${title})`,
    awaitWindow,
    { campaignId: executionName, ring: name },
    { timeoutMinutes: windowTimeoutMinutes },
  );
  const never = raise(workflow, `${title} Window Never Opened`, {
    Error: 'WindowNeverOpened',
    Cause: `ring ${name} could not start within ${windowTimeoutMinutes / 1440} days: look at its windows and calendars`,
  });
  never.next(restore);
  wait.catch(['States.Timeout'], never).catch(['States.ALL'], restore).next(next);
  return wait;
};

/** A stack of the ring; if it fails within the budget, it is put back at once, alone. */
const ringStack = (child: Workflow, input: StackInput, title: string, settings: Settings): IChainable =>
  stackUpdate(child, input, {
    suffix: ` (${title})`,
    settings,
    wayBack: stackUpdate(child, input, { suffix: ` (${title}, Restore)`, settings }),
  });

/** Asks, waits by task token, and believes only the record. */
const approve = (workflow: Workflow, name: string, { settings, plan, restore, next }: RingOptions): IChainable => {
  const title = ringTitle(name);
  const asked = { campaignId: executionName, ring: name, planHash: plan.planHash };
  const approval = invoke(workflow, `Approve ${title} Ring`, approveRing, asked, {
    timeoutMinutes: settings.configuration.approval.expiresAfterHours * 60,
  });
  const confirm = invoke(workflow, `Confirm Approval (${title})`, confirmApproval, asked);
  const refused = raise(workflow, `${title} Ring Not Approved`, { Error: 'NotApproved', Cause: confirm.result.reason });
  refused.next(restore);
  const expired = raise(workflow, `${title} Ring Approval Expired`, {
    Error: 'ApprovalExpired',
    Cause: `nobody decided on ring ${name} within ${settings.configuration.approval.expiresAfterHours} hours`,
  });
  expired.next(restore);
  approval
    .catch(['States.Timeout'], expired)
    .catch(['States.ALL'], restore)
    .next(confirm.catch(['States.ALL'], restore));
  confirm.next(choice(workflow, `Approved? (${title})`).when(isTrue(confirm.result.approved), next).otherwise(refused));
  return approval;
};
