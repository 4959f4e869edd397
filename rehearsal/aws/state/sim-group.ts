/** One instance of a group. */
export interface SimInstance {
  readonly id: string;
  readonly imageId: string;
  /** Epoch milliseconds. */
  readonly launchedAt: number;
  lifecycle: 'Pending' | 'InService';
  /** Since when it is InService, in epoch milliseconds; then it is registered in the target group. */
  inServiceAt?: number;
  healthy: boolean;
}

/** One instance refresh, ours or CloudFormation's. */
export interface SimRefresh {
  readonly id: string;
  readonly startedAt: number;
  readonly instancesToUpdate: number;
  status: 'InProgress' | 'Cancelling' | 'Cancelled' | 'Successful' | 'Failed';
  reason: string | undefined;
  endedAt: number | undefined;
}

/** An Auto Scaling group; each stack has exactly one. */
export class SimGroup {
  readonly name: string;
  readonly arn: string;
  /** Reads the SSM parameter of a launch template that says `resolve:ssm:…`: what it holds at that moment is launched. */
  resolveAtLaunch: (() => string) | undefined;
  instances: SimInstance[];
  /** The ARN of the target group that its instances are registered in, if there is one. */
  targetGroupArn: string | undefined;
  refreshes: SimRefresh[] | undefined;
  /** Every image that any of its instances ever ran. */
  readonly held: Set<string>;
  #launchImage: string;

  constructor(name: string, arn: string, launchImage: string, instances: SimInstance[]) {
    this.name = name;
    this.arn = arn;
    this.#launchImage = launchImage;
    this.instances = instances;
    this.held = new Set(instances.map(({ imageId }) => imageId));
  }

  /** The image that the group launches from now on. */
  get launchImage(): string {
    return this.resolveAtLaunch?.() ?? this.#launchImage;
  }

  set launchImage(image: string) {
    this.#launchImage = image;
  }

  /** The refresh that has not ended, if any; there is at most one. */
  activeRefresh(): SimRefresh | undefined {
    return this.refreshes?.find(({ endedAt }) => endedAt === undefined);
  }

  /** How many InService instances run each image. */
  running(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { imageId, lifecycle } of this.instances) {
      if (lifecycle === 'InService') counts[imageId] = (counts[imageId] ?? 0) + 1;
    }
    return counts;
  }
}
