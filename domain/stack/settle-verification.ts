import type { ErrorOf } from '../../contracts/contract.ts';
import type { PlannedStack } from '../../contracts/shapes.ts';
import { verifyInstances } from '../../contracts/verify-instances.ts';
import { completeTask, failTask } from '../complete-task.ts';
import type { GroupFacts } from '../ports/groups.ts';
import type { Ports } from '../ports/index.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { forgetWait } from '../store/waits.ts';
import { allOn, countImages } from './instances.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'groups'>;

/** What a waiting verification is about. */
export interface Verification {
  readonly campaignId: string;
  readonly stack: Pick<PlannedStack, 'stackId' | 'ring' | 'account' | 'region'>;
  readonly taskToken: string;
  /** The image that every instance should run. */
  readonly wanted: string;
  /** The waits to forget when it is over. */
  readonly groupArns: readonly string[];
}

/** What the waits of a verification carry. */
export interface VerificationContext {
  readonly wanted: string;
  readonly ring: string;
  /** ARNs of all the stack's groups: the verification ends for all of them at once. */
  readonly groups: readonly string[];
  /** Name of the group that this wait is about. */
  readonly group: string;
  /** The refresh of ours that is replacing its instances; only its own events end it. Empty: none. */
  readonly refreshId: string;
  /** A refresh that is not ours must end before ours can start. */
  readonly restart: boolean;
  /** ISO 8601; from then on, without a refresh, instances that are not there are missing. */
  readonly deadline: string;
}

const forgetAll = async (ports: Needs, { groupArns, taskToken }: Verification) => {
  for (const key of groupArns) await forgetWait(ports, { key, taskToken });
};

/** Ends the verification if every InService instance is on the image by these counts. True where it is over. */
export const settleVerification = async (
  ports: Needs,
  verification: Verification,
  groups: readonly GroupFacts[],
): Promise<boolean> => {
  if (!allOn(groups, verification.wanted)) return false;
  const instances = countImages(groups);
  const record = await getStackRecord(ports, { ...verification.stack, campaignId: verification.campaignId });
  await changeStack(
    ports,
    record,
    { instances },
    {
      who: 'Verify Instances',
      what: 'instances verified',
      why: 'every InService instance runs the image',
      evidence: { instances },
    },
  );
  const total = Object.values(instances).reduce((sum, count) => sum + count, 0);
  await completeTask(ports, verifyInstances, verification.taskToken, { instances: total });
  await forgetAll(ports, verification);
  return true;
};

/** Ends the verification: the instances will not be on the image. */
export const failVerification = async (
  ports: Needs,
  verification: Verification,
  error: ErrorOf<typeof verifyInstances>,
  reason: string,
): Promise<void> => {
  await failTask(ports, verifyInstances, verification.taskToken, error, reason);
  await forgetAll(ports, verification);
};
