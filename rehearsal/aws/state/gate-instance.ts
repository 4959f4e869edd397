import type { ImageScan } from './image.ts';

/** One instance that somebody launched by RunInstances: not a stack's. */
export interface SimGateInstance {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly imageId: string;
  readonly type: string;
  readonly market: 'spot' | 'on-demand';
  readonly tags: ReadonlyMap<string, string>;
  readonly clientToken: string;
  readonly launchedAt: number;
  terminatedAt: number | undefined;
  scan: ImageScan;
}

/** How instances of gates behave in a world. */
export interface InstanceBehaviour {
  readonly spotCapacity: boolean;
  /** EC2 takes Spot instances back so long after their launch; null: never. */
  readonly interruptedAfterMinutes: number | null;
  /** From the launch to the end of Inspector's first scan. */
  readonly scanMinutes: number;
  /** `NEVER`: it does not end. */
  readonly scanStatus: string;
  /** Whether the image boots so far that SSM manages its instances. */
  readonly boots: boolean;
  /** What becomes of documents that are run on them. */
  readonly document: 'passes' | 'fails' | 'hangs';
  readonly documentMinutes: number;
}
