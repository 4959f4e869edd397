import type { Target } from '../target.ts';

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
  readonly monitoringMinutes: number;
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
}

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
  continueRollback(target: Target, stackId: string, requestToken: string): Promise<void>;
  /** The first failed event of the stack's last operation in words; empty where there is none. */
  rootCause(target: Target, stackId: string, requestToken: string): Promise<string>;
}
