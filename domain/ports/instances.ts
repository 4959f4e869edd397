import type { Target } from '../target.ts';

/** How an instance is paid for. */
export type Market = 'spot' | 'on-demand';

/** One instance that a gate needs. */
export interface LaunchOrder {
  /** The same key launches once, however often it is asked. */
  readonly key: string;
  readonly imageId: string;
  readonly architecture: string;
  /** Null: the configured type for the architecture. */
  readonly type: string | null;
  /** False: on demand only, for work that an interruption would spoil. */
  readonly spot: boolean;
  readonly campaignId: string;
  /** Which gate it is for. */
  readonly purpose: string;
  /** ISO 8601; whoever finds it alive after that ends it. */
  readonly expiresAt: string;
}

/** An instance of ours that is not terminated yet, by its tags. */
export interface InstanceFacts {
  readonly id: string;
  readonly campaignId: string;
  readonly purpose: string;
  readonly expiresAt: string;
}

/** The instance cannot be launched, on Spot or on demand; the message says why and what to do. */
export class InstanceRefused extends Error {
  override readonly name = 'InstanceRefused';
}

/** Instances that gates launch from the image they judge. */
export interface Instances {
  /** On Spot, or on demand where there is no Spot capacity. Throws InstanceRefused. */
  launch(target: Target, order: LaunchOrder): Promise<{ readonly id: string; readonly market: Market }>;
  /** Ours that are pending, running, stopping or stopped. */
  list(target: Target): Promise<readonly InstanceFacts[]>;
  /** Instances that are gone already are no error. */
  terminate(target: Target, ids: readonly string[]): Promise<void>;
}
