import type { Direction } from '../words.ts';

/** What a wait is for, and so how the sweep finds out whether it is over. */
export type WaitKind =
  | 'gates'
  | 'update'
  | 'refresh'
  | 'verify'
  | 'scan'
  | 'images'
  | 'hold'
  | 'approval'
  | 'restore'
  | 'halt'
  | 'turn'
  | 'window';

/** A task token that something must complete. Never logged. */
export interface Wait {
  readonly schemaVersion: number;
  /** Request token of the operation, group ARN, image id, …: what the completing event carries. */
  readonly key: string;
  /** Tells apart those that wait for the same key; missing where there can be only one. */
  readonly member?: string;
  readonly kind: WaitKind;
  readonly campaignId: string;
  readonly taskToken: string;
  readonly account: string;
  readonly region: string;
  readonly stackId: string | null;
  readonly direction: Direction | null;
  /** Whatever the waker needs to go on, as JSON. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  /** From then on the sweep looks at it. */
  readonly overdueAt: string;
  /** How often the sweep has looked. */
  readonly sweeps: number;
}
