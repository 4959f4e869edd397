import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { awaitTurn } from '../contracts/await-turn.ts';
import { discoverStacks } from '../contracts/discover-stacks.ts';
import { openCampaign } from '../contracts/open-campaign.ts';
import { planRings } from '../contracts/plan-rings.ts';
import { promoteImage } from '../contracts/promote-image.ts';
import { report } from '../contracts/report.ts';
import { resolveImages } from '../contracts/resolve-images.ts';
import { restorePreviousImage } from '../contracts/restore-previous-image.ts';
import { gates } from './gate.ts';
import { ring } from './ring.ts';
import { restoreTimeoutMinutes, turnTimeoutMinutes, type Settings } from './settings.ts';
import { ringTitle } from './titles.ts';
import {
  caughtError,
  choice,
  equals,
  executionId,
  executionInput,
  executionName,
  executionStart,
  fail,
  invoke,
  isTrue,
  raise,
  succeed,
  type Workflow,
} from './typed/index.ts';

/**
 * The campaign: open, gates, plan, ring after ring, promote, report. Before the plan anything that goes wrong is a
 * rejection, after it a restore. Read from bottom to top where a state must exist before another can lead to it.
 */
export const campaign = (workflow: Workflow, settings: Settings): IChainable => {
  const campaignId = executionName;
  const { rings, gates: gateSettings } = settings.configuration;

  const open = invoke(workflow, 'Open Campaign', openCampaign, {
    campaignId,
    startedAt: executionStart,
    executionArn: executionId,
    event: executionInput<unknown>(),
  });
  const rejected = reportRejection(workflow);
  const restore = restoreEverything(workflow);
  const finish = reportEnd(workflow);

  const { copyWaitMinutes } = gateSettings.imageSet;
  const resolve = invoke(
    workflow,
    'Resolve Images',
    resolveImages,
    { campaignId, image: { id: open.result.image.id, region: open.result.image.region } },
    // The sweep ends the wait at its limit, with the reason; the state's own time-out is for the day on which it does not.
    { timeoutMinutes: copyWaitMinutes + 30 },
  );
  const discover = invoke(workflow, 'Discover Stacks', discoverStacks, { campaignId });
  const plan = invoke(workflow, 'Plan Rings', planRings, { campaignId, inventory: discover.result.inventory });
  const promote = invoke(workflow, 'Promote Image', promoteImage, { campaignId });
  promote.catch(['States.ALL'], restore).next(finish);

  const firstRing = rings.reduceRight((next: IChainable, settingsOfRing) => {
    const body = ring(workflow, settingsOfRing, { settings, plan: plan.result, restore, next });
    return gates(
      workflow,
      (name) => gateSettings.beforeRing[name] === settingsOfRing.name,
      ` (before ${ringTitle(settingsOfRing.name)})`,
      { settings, campaign: open.result, rejected: restore, next: body },
    );
  }, promote);

  const noCopy = raise(workflow, 'Image Not Usable', { Error: 'GateRejected', Cause: resolve.result.verdict.reason });
  noCopy.next(rejected);
  discover.catch(['States.ALL'], rejected).next(plan.catch(['States.ALL'], rejected));
  plan.next(choice(workflow, 'Work To Do?').when(equals(plan.result.decision, 'go'), firstRing).otherwise(finish));
  const firstGate = gates(workflow, (name) => gateSettings.beforeRing[name] === undefined, '', {
    settings,
    campaign: open.result,
    rejected,
    next: discover,
  });
  const noAnswer = raise(workflow, 'Resolve Images Timed Out', {
    Error: 'GateRejected',
    Cause: `Resolve Images had no answer within ${copyWaitMinutes + 30} minutes: no proof is no pass`,
  });
  noAnswer.next(rejected);
  resolve
    .catch(['States.Timeout'], noAnswer)
    .catch(['States.ALL'], rejected)
    .next(
      choice(workflow, 'Images Resolved?').when(isTrue(resolve.result.verdict.passed), firstGate).otherwise(noCopy),
    );
  open
    .catch(['States.ALL'], rejected)
    .next(
      choice(workflow, 'Opened?')
        .when(equals(open.result.decision, 'go'), resolve)
        .when(equals(open.result.decision, 'queue'), queue(workflow, { resolve, finish, rejected }))
        .otherwise(finish),
    );
  return open;
};

/** Waits until the campaign may run; one that a newer image has superseded meanwhile ends. */
const queue = (
  workflow: Workflow,
  { resolve, finish, rejected }: Readonly<Record<'resolve' | 'finish' | 'rejected', IChainable>>,
): IChainable => {
  const turn = invoke(
    workflow,
    'Await Turn',
    awaitTurn,
    { campaignId: executionName },
    { timeoutMinutes: turnTimeoutMinutes },
  );
  const never = raise(workflow, 'Turn Never Came', {
    Error: 'QueueTimeout',
    Cause: `the campaign's turn did not come within ${turnTimeoutMinutes / 1440} days: see what runs, and start again`,
  });
  never.next(rejected);
  turn
    .catch(['States.Timeout'], never)
    .catch(['States.ALL'], rejected)
    .next(choice(workflow, 'Its Turn?').when(equals(turn.result.decision, 'go'), resolve).otherwise(finish));
  return turn;
};

/** The end of a campaign that touched nothing or succeeded: promoted, unchanged, planned, duplicate, or refused at once. */
const reportEnd = (workflow: Workflow): IChainable => {
  const end = invoke(workflow, 'Report', report, { campaignId: executionName, failure: null });
  end.next(
    choice(workflow, 'Ended Well?')
      .when(equals(end.result.outcome, 'REJECTED'), failAs(workflow, 'Refused', 'REJECTED', end.result.reason))
      .otherwise(succeed(workflow, 'Done')),
  );
  return end;
};

/** The end of a campaign whose image a gate has refused; no stack was touched. */
const reportRejection = (workflow: Workflow): IChainable => {
  const end = invoke(workflow, 'Report (Rejected)', report, { campaignId: executionName, failure: caughtError() });
  end.next(failAs(workflow, 'Rejected', 'REJECTED', end.result.reason));
  return end;
};

/** The compensation: the restore machine puts everything back that was touched, and tells how that went. */
const restoreEverything = (workflow: Workflow): IChainable => {
  const restore = invoke(
    workflow,
    'Restore Previous Image',
    restorePreviousImage,
    { campaignId: executionName, failure: caughtError() },
    { timeoutMinutes: restoreTimeoutMinutes },
  );
  const end = invoke(workflow, 'Report (Restored)', report, { campaignId: executionName, failure: caughtError() });
  restore.next(end);
  end.next(
    choice(workflow, 'All Restored?')
      .when(equals(end.result.outcome, 'RESTORED'), failAs(workflow, 'Restored', 'RESTORED', end.result.reason))
      .otherwise(failAs(workflow, 'Restore Incomplete', 'RESTORE_INCOMPLETE', end.result.reason)),
  );
  return restore;
};

const failAs = (
  workflow: Workflow,
  id: string,
  error: 'REJECTED' | 'RESTORED' | 'RESTORE_INCOMPLETE',
  causePath: NonNullable<Parameters<typeof fail>[2]['causePath']>,
) => fail(workflow, id, { error, causePath });
