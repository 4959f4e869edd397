import type { Target } from '../target.ts';

/** Alarms that make CloudFormation roll an update back, and how long after the update it goes on watching them. */
export interface RollbackTriggers {
  readonly triggers: readonly { readonly arn: string; readonly type: string }[];
  readonly monitoringMinutes: number;
}

/** A stack as CloudFormation describes it. */
export interface StackFacts {
  readonly stackId: string;
  readonly name: string;
  readonly status: string;
  readonly statusReason: string;
  readonly parentId: string | null;
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string;
    /** What an SSM-typed parameter resolved to at the last update; null for others. */
    readonly resolved: string | null;
  }[];
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly roleArn: string | null;
  readonly rollback: RollbackTriggers;
}

/** An update that changes the value of one parameter and nothing else. */
export interface StackUpdate {
  readonly stack: Pick<StackFacts, 'stackId' | 'capabilities'> & {
    /** All of the stack's parameters: the ones not named would fall back to their defaults. */
    readonly parameters: readonly { readonly name: string }[];
  };
  readonly parameter: string;
  /** Null: keep the value, so that an SSM-typed parameter is read again. */
  readonly value: string | null;
  /** At most 128 characters: letters, digits, hyphen. Calling twice with the same token starts one operation. */
  readonly requestToken: string;
  /** Replaces the stack's rollback triggers; without it they stay. */
  readonly rollback?: RollbackTriggers;
}

/** What an update would do to one resource, as a change set shows it. */
export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  /** `Modify`, `Add`, `Remove`, … as CloudFormation calls it. */
  readonly action: string;
  /** `Conditional`: only the update will tell. */
  readonly replacement: 'True' | 'False' | 'Conditional';
  readonly causes: readonly {
    /** What changes of the resource: `Properties.ImageId`, `Tags`. */
    readonly target: string;
    /** `ParameterReference`, `ResourceAttribute`, `DirectModification`, … as CloudFormation calls it. */
    readonly source: string;
    /** The parameter, the resource or its attribute that changes: `ImageId`, `Template.LatestVersionNumber`. */
    readonly entity: string | null;
  }[];
  /** What changes inside a nested stack; null for everything else. */
  readonly nested: ChangeSetContent | null;
}

/** What a finished change set of one stack holds. */
export interface ChangeSetContent {
  readonly changes: readonly ResourceChange[];
  /** The parameters as they would be, with what SSM-typed ones resolve to. */
  readonly parameters: StackFacts['parameters'];
}

/** How far a change set has come. */
export type ChangeSet =
  | { readonly state: 'pending'; readonly createdAt: Date }
  /** The update would change nothing. */
  | { readonly state: 'empty' }
  /** The stack has changed since, or nobody could make it: a new one is needed. */
  | { readonly state: 'obsolete' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'ready'; readonly content: ChangeSetContent };

export interface Stacks {
  /** All stacks of the target, from unnamed pages. */
  list(target: Target): AsyncIterable<readonly StackFacts[]>;
  find(target: Target, stackId: string): Promise<StackFacts | undefined>;
  /** The template's text as it was submitted. */
  template(target: Target, stackId: string): Promise<string>;
  /** `started` is false where CloudFormation had nothing to update. Throws StackBusy (domain/errors.ts). */
  update(
    target: Target,
    update: StackUpdate,
  ): Promise<{ readonly started: boolean; readonly operationId: string | null }>;
  /**
   * Asks for a change set of this update, nested stacks included; one of this name that is there already will do. Its name
   * is the update's request token. Throws StackBusy (domain/errors.ts).
   */
  createChangeSet(target: Target, update: StackUpdate): Promise<void>;
  /** The change set of that name, with all its pages. */
  changeSet(target: Target, stackId: string, name: string): Promise<ChangeSet>;
  /** Deletes it, and those of its nested stacks; one that is gone will do. */
  deleteChangeSet(target: Target, stackId: string, name: string): Promise<void>;
  /** Goes on with a rollback that got stuck; `skip` names the resources that stay as they are. */
  continueRollback(target: Target, stackId: string, requestToken: string, skip: readonly string[]): Promise<void>;
  /** Rolls a stack back that an update without rollback has left half-way. */
  rollback(target: Target, stackId: string, requestToken: string): Promise<void>;
  /** The resources, as `skip` names them, at which the operation got stuck. */
  stuckResources(target: Target, stackId: string, requestToken: string): Promise<readonly string[]>;
  /** The first failed event of the operation in words, in nested stacks too; empty where there is none. */
  rootCause(target: Target, stackId: string, requestToken: string): Promise<string>;
}
