import type { PlannedStack } from '../../contracts/shapes.ts';
import type { SharedParameter } from './shared-parameters.ts';
import type { Target } from '../target.ts';

/** A stack that the campaign may move; its ring is still to be given. */
export type Candidate = Omit<PlannedStack, 'ring' | 'order'> & {
  /** What its tag asks for; null: by share. */
  readonly wantedRing: string | null;
  readonly alarms: readonly string[];
  /**
   * By DescribeStacks alone it may have the image already: its instances are still to be counted, and its SSM parameter
   * to be read.
   */
  readonly looksCurrent: boolean;
};

/** An opted-in stack that the campaign will not move. */
export interface LeftOut {
  readonly stackId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly environment: string;
  readonly reason: string;
}

/** What discovery found; kept in the plan store. */
export interface Inventory {
  readonly candidates: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
  readonly unreachable: readonly (Target & { readonly reason: string })[];
  /** SSM parameters of the candidates that other stacks read too. */
  readonly shared: readonly SharedParameter[];
  /** Stacks seen, opted in or not. */
  readonly seen: number;
}
