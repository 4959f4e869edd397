import type { ImageCounts } from '../records.ts';
import type { Target } from '../target.ts';

/** One Auto Scaling group of a stack. */
export interface GroupFacts {
  readonly name: string;
  readonly arn: string;
  readonly stackId: string;
  /** The group's name in the template. */
  readonly logicalId: string;
  readonly desired: number;
  /** InService and healthy instances by image id. */
  readonly inService: ImageCounts;
  /** Instances in any other state (pending, terminating, unhealthy). */
  readonly unsettled: number;
}

export interface Refresh {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  /** False: it was running already, whoever started it. */
  readonly started: boolean;
}

export interface Groups {
  /** The groups of these stacks with their instances, found by the tag `aws:cloudformation:stack-id`. */
  ofStacks(target: Target, stackIds: readonly string[]): Promise<readonly GroupFacts[]>;
  /** Starts replacing the group's instances; gives the refresh that is already running if there is one. */
  startRefresh(target: Target, groupName: string): Promise<Refresh>;
  /** Ends the refresh that is running; does nothing where there is none. */
  cancelRefresh(target: Target, groupName: string): Promise<void>;
}
