import type { ImageCounts } from '../records/stack-record.ts';
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
  /** ARNs of the load balancers' target groups that its instances are registered in; missing: none. */
  readonly targetGroups?: readonly string[];
  /** Every instance; missing where nobody asks which they are. */
  readonly instances?: readonly {
    readonly id: string;
    /** Null where it is not in service and healthy, or where EC2 does not describe it any more. */
    readonly image: string | null;
    /** `Pending`, `InService, Unhealthy`, … */
    readonly state: string;
  }[];
}

export interface Refresh {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  /** False: it was running already, whoever started it. */
  readonly started: boolean;
}

/** How carefully instances are replaced. */
export interface RefreshPreferences {
  /** Share of the desired capacity that must be in service and healthy all the time. */
  readonly minHealthyPercent: number;
  /** Up to which share instances may be started before old ones go. */
  readonly maxHealthyPercent: number;
  /** Shares of replaced instances at which the refresh pauses; ascending, without 100. */
  readonly checkpointPercents: readonly number[];
  readonly checkpointDelayMinutes: number;
}

export interface Groups {
  /** The groups of these stacks with their instances, found by the tag `aws:cloudformation:stack-id`. */
  ofStacks(target: Target, stackIds: readonly string[]): Promise<readonly GroupFacts[]>;
  /** Starts replacing the group's instances; gives the refresh that is already running if there is one. */
  startRefresh(target: Target, groupName: string, preferences: RefreshPreferences): Promise<Refresh>;
  /** What Auto Scaling says of the group's last refresh and its last failed activity; empty where it says nothing. */
  trouble(target: Target, groupName: string): Promise<readonly string[]>;
  /** Ends the refresh that is running; does nothing where there is none. */
  cancelRefresh(target: Target, groupName: string): Promise<void>;
}
