import type { AslState } from './asl.ts';
import type { ExecutionStatus } from './engine-host.ts';

/** Something that happened inside an execution; in the order of happening, times never decrease. */
export type EngineStep = {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly executionArn: string;
  /** The index of the item when an inline Map's iteration did it. */
  readonly iteration?: number;
} & StepDetail;

/** What happened; sizes are those of the JSON text in UTF-8. */
export type StepDetail =
  | { readonly kind: 'execution-started'; readonly isMapChild: boolean; readonly inputBytes: number }
  | {
      readonly kind: 'execution-ended';
      readonly isMapChild: boolean;
      readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
      readonly error?: string;
    }
  | {
      readonly kind: 'state-entered';
      readonly state: string;
      readonly type: AslState['Type'];
      readonly inputBytes: number;
    }
  | { readonly kind: 'state-exited'; readonly state: string; readonly outputBytes: number }
  | { readonly kind: 'state-failed'; readonly state: string; readonly error: string; readonly cause: string }
  | { readonly kind: 'state-retried'; readonly state: string; readonly attempt: number; readonly error: string }
  | { readonly kind: 'state-caught'; readonly state: string; readonly error: string; readonly next: string };
