import type { Target } from '../target.ts';

/** What a load balancer thinks of one instance; an instance that is registered with several ports has several. */
export interface TargetHealth {
  readonly instanceId: string;
  /** `healthy`, `initial`, `unhealthy`, `draining`, `unused`, … */
  readonly state: string;
  /** `Target.FailedHealthChecks`, `Elb.InitialHealthChecking`, …; empty where it is healthy. */
  readonly reason: string;
  readonly description: string;
}

export interface TargetGroups {
  /** The health of everything registered in the target group; undefined where there is no such target group. */
  health(target: Target, targetGroupArn: string): Promise<readonly TargetHealth[] | undefined>;
}
