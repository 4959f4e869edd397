import type { Capability, OperationType, RollbackConfiguration, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Direction } from '../../../domain/words.ts';
import type { SimGroup } from './sim-group.ts';
import type { StackTemplate } from './stack-template.ts';

/**
 * How the stack's template replaces instances when the image changes. `latest` and `default`: it has a rolling update, but
 * the group names its launch template's version by these words, so that nothing of the group changes.
 */
export type Replacement = 'rolling' | 'replacing' | 'instanceRefresh' | 'none' | 'latest' | 'default';

/** Whether a stack update replaces instances. */
export const replacesInstances = (replacement: Replacement): boolean =>
  replacement !== 'none' && replacement !== 'latest' && replacement !== 'default';

/** Everything an update may change; immutable, so that a rollback is putting the old object back. */
export interface StackSettings {
  readonly template: StackTemplate;
  /** What DescribeStacks shows as ParameterValue: for SSM types the parameter's name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** ResolvedValue by parameter key, for SSM types only. */
  readonly resolved: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly Capability[];
  readonly notificationArns: readonly string[];
  readonly rollbackConfiguration: RollbackConfiguration;
  readonly roleArn: string | undefined;
}

/** One status a stack or its failing resource went through during an operation. */
export interface StackMoment {
  readonly at: number;
  readonly status: StackStatus | 'UPDATE_FAILED';
  readonly reason: string | undefined;
  /** A resource's logical id and type; `undefined` is the stack itself. */
  readonly resource: { readonly logicalId: string; readonly type: string } | undefined;
}

/** One operation on a stack. */
export interface StackOperation {
  readonly id: string;
  readonly type: OperationType;
  readonly token: string | undefined;
  /** What was asked, to tell a repeated request from another one with the same token. */
  readonly request: string;
  /** Whether it came through the API; `false` is somebody else's, made by a fault. */
  readonly ours: boolean;
  /** Whether it was asked for while the stack had the campaign's new image, to take it off again. */
  readonly restores?: boolean;
  readonly startedAt: number;
  moments: readonly StackMoment[];
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
}

/** A change set: what an update of the stack, as it was then, would have come to. */
export interface SimChangeSet {
  readonly id: string;
  readonly createdAt: number;
  /** Until then it is being made. */
  readonly readyAt: number;
  /** What the update asks for; null: nothing would change. */
  readonly settings: StackSettings | null;
  /** What it started from: an update in between makes it obsolete. */
  readonly before: StackSettings;
}

/** What lies ahead for a stack; set by faults, consumed by operations. */
export interface StackFaults {
  /** The next update to the new image fails; with `rollbackFails`, its rollback too. */
  forward?: 'updateFails' | 'rollbackFails';
  /** A rollback that got stuck goes on only if this resource is skipped. */
  stuckAt?: string;
  /** Another SSM-typed parameter of the stack reads a newer value at the next update, and a database would be replaced. */
  showsMore?: boolean;
  /** Every way back fails for good: updates, rollbacks and their continuation. */
  restoreFails?: boolean;
  /** The next update on the way back fails; the one after it works. */
  restoreFailsOnce?: boolean;
  /** Instances launched from the new image never become healthy. */
  unhealthy?: boolean;
  /** Instances launched from the new image never pass the health checks of the target group. */
  targetsUnhealthy?: boolean;
  /** A foreign operation starts when somebody first looks at the stack. */
  busyWhenTouched?: boolean;
  /** Somebody else begins an operation right before our next update in this direction. */
  busyAtUpdate?: Direction;
  /** What happens to the completion event of the next operation of ours. */
  completionEvent?: 'lost' | 'duplicated' | 'late';
  /** The completion event of the next operation of ours on the way back is lost. */
  restoreEvent?: 'lost';
  /** Others say of the next operation of ours that it has failed. */
  eventsForged?: true;
  /** All events of the group are lost. */
  groupEvents?: 'lost';
}

/** What a stack is made from. */
export interface SimStackInit {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly replacement: Replacement;
  readonly updateMs: number;
  readonly createdAt: number;
  readonly settings: StackSettings;
  readonly group: SimGroup;
}

/** The key of the image parameter in all our templates. */
export const IMAGE_PARAMETER = 'ImageId';

/** The SSM parameter in `resolve:ssm:NAME`, which EC2 reads at each launch. */
const launchParameterOf = (value: string | undefined): string | undefined =>
  value?.startsWith('resolve:ssm:') === true ? value.slice('resolve:ssm:'.length) : undefined;

/** One CloudFormation stack with its Auto Scaling group. */
export class SimStack {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly replacement: Replacement;
  readonly updateMs: number;
  readonly createdAt: number;
  /** A replacing update puts another in its place. */
  group: SimGroup;
  settings: StackSettings;
  /** The settings a failed rollback has to come back to. */
  rollbackTo: StackSettings | undefined;
  status: StackStatus = 'CREATE_COMPLETE';
  statusReason: string | undefined;
  updatedAt: number | undefined;
  readonly operations: StackOperation[] = [];
  /** By name, until they are deleted. */
  readonly changeSets = new Map<string, SimChangeSet>();
  faults: StackFaults | undefined;
  /** Whether any write of ours reached the stack, its SSM parameter or its group. */
  touched = false;

  constructor(init: SimStackInit) {
    this.id = init.id;
    this.name = init.name;
    this.account = init.account;
    this.region = init.region;
    this.replacement = init.replacement;
    this.updateMs = init.updateMs;
    this.createdAt = init.createdAt;
    this.settings = init.settings;
    this.group = init.group;
  }

  /** The SSM parameter the stack reads its image from, if it does. */
  get imageParameterName(): string | undefined {
    const value = this.settings.parameters[IMAGE_PARAMETER];
    return IMAGE_PARAMETER in this.settings.resolved ? value : launchParameterOf(value);
  }

  /** The image the stack's settings ask for. */
  get image(): string {
    return this.imageIn(this.settings);
  }

  /** The image that these settings ask for; those whose launches read an SSM parameter ask for what that holds now. */
  imageIn(settings: StackSettings): string {
    return launchParameterOf(settings.parameters[IMAGE_PARAMETER]) === undefined
      ? imageOf(settings)
      : this.group.launchImage;
  }
}

/** The image that settings ask for: the resolved value, or the parameter itself. */
const imageOf = (settings: StackSettings): string =>
  settings.resolved[IMAGE_PARAMETER] ?? settings.parameters[IMAGE_PARAMETER] ?? '';
