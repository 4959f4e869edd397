import type { RollbackTriggers } from '../ports/stacks.ts';
import type { Direction, Mode, Reader, Replacement, StackStatus } from '../words.ts';

/** One stack in one campaign. */
export interface StackRecord {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly environment: string;
  readonly ring: string;
  readonly order: number;
  /** Most stacks of its target in work when it begins, so that other targets have their share; missing: the target's cap. */
  readonly share?: number;
  readonly mode: Mode;
  readonly parameter: string;
  readonly ssmParameter: string | null;
  readonly readBy: Reader | null;
  /** Names of other stacks of the campaign that read the same SSM parameter: it cannot be put back for one of them alone. */
  readonly sharedWith: readonly string[];
  readonly image: string;
  readonly alarms: readonly string[];
  readonly status: StackStatus;
  readonly reason: string;
  /** Raised by one at every write; a write states the revision that it has read. */
  readonly revision: number;
  readonly previous: Previous | null;
  /** What an update must repeat of the stack, as the claim saw it. */
  readonly shape: {
    readonly parameters: readonly { readonly name: string }[];
    readonly capabilities: readonly string[];
  } | null;
  /** The groups, by their names in the template, that the image parameter reaches; empty: all of the stack's. */
  readonly groups: readonly string[];
  readonly replacement: Replacement | null;
  /** True from just before the first write on. */
  readonly touched: boolean;
  /** The operation in flight or last made. */
  readonly operation: {
    readonly requestToken: string;
    readonly direction: Direction;
    readonly attempt: number;
    readonly startedAt: string;
    /** What CloudFormation was asked for; missing: an update. */
    readonly kind?: 'update' | 'continueRollback' | 'rollback';
    /** Resources that a continued rollback leaves as they are. */
    readonly skip?: readonly string[];
    /** It has ended, or will do no more: the next one is an operation of its own, with a number of its own. */
    readonly over?: boolean;
  } | null;
  /** How often the stack's restore was begun again; missing: never. */
  readonly restoreTries?: number;
  /** The rollback triggers that the restore has taken off because they were red; null: none, or on again. */
  readonly setAside?: RollbackTriggers | null;
  /** How long CloudFormation watches the stack's rollback triggers after an update, as the last claim saw it; missing: not at all. */
  readonly monitoringMinutes?: number;
  readonly instances: ImageCounts;
  /** Number of the lease that the last claim was given; a write under another number is refused. Missing: not claimed yet. */
  readonly lease?: number;
  /** ISO 8601; since when the stack has been waiting for a foreign operation to end. */
  readonly busySince: string | null;
  readonly claimedAt: string | null;
  readonly endedAt: string | null;
  /** Number and hash of the last entry in the stack's audit chain. */
  readonly audit: { readonly sequence: number; readonly head: string };
}

/** What a stack had before its first write; written once, never overwritten. */
export interface Previous {
  /** The template parameter's value: an image id, or the SSM parameter's name. */
  readonly parameterValue: string;
  /** The image the stack was on: the parameter's value, or what the SSM parameter resolved to. */
  readonly image: string;
  /** Mode ssm: the SSM parameter's value and version; else null. */
  readonly ssm: { readonly value: string; readonly version: number } | null;
  readonly running: ImageCounts;
}

/** Counts of InService instances by image id. */
export type ImageCounts = Readonly<Record<string, number>>;
