import type { ImageCounts } from '../records/stack-record.ts';
import type { Target } from '../target.ts';
import type { Mode, Reader, Replacement } from '../words.ts';
import type { LeftOut } from './inventory.ts';

/** The version of the document below; raise it when a reader of the last one would misread it. */
export const fleetInventoryVersion = 1;

/** An opted-in stack that a campaign could move, as it stands. */
export interface InventoriedStack {
  readonly stackId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly family: string;
  /** Empty where no tag names one. */
  readonly environment: string;
  /** CloudFormation's word for it, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  /** What its tag asks for; null: by share. */
  readonly ring: string | null;
  readonly mode: Mode;
  readonly parameter: string;
  /** Mode `ssm`: the name of the SSM parameter. */
  readonly ssmParameter: string | null;
  /** Mode `ssm`: who reads it, the stack when it is updated or EC2 at each launch. */
  readonly readBy: Reader | null;
  /** The image that its parameter asks for; of an SSM parameter, what the last update made of it, or the next launch would. */
  readonly image: string;
  /** Healthy InService instances by image; null where nobody asked or nobody answered. */
  readonly running: ImageCounts | null;
  /** How an update replaces its instances; null where its template was not read. */
  readonly replacement: Replacement | null;
  /** Whether CloudFormation updates it with a role of its own. */
  readonly serviceRole: boolean;
  readonly alarms: readonly string[];
  /** Its tags `ami-rollout:…`, and no others. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A fleet as it stands, whichever image comes next: what `ami-rollout inventory` writes and a rehearsal reads. */
export interface FleetInventory {
  readonly schemaVersion: typeof fleetInventoryVersion;
  readonly takenAt: string;
  readonly hub: Target;
  /** The only family that was looked for; null: all. */
  readonly family: string | null;
  readonly stacks: readonly InventoriedStack[];
  /** Opted in, but no campaign could move them. */
  readonly leftOut: readonly LeftOut[];
  readonly unreachable: readonly (Target & { readonly reason: string })[];
  /** What could not be read of targets that were reached. */
  readonly gaps: readonly (Target & { readonly what: string; readonly reason: string })[];
  readonly counts: {
    /** Targets asked, reached or not. */
    readonly targets: number;
    /** Stacks of all kinds in the targets that were reached. */
    readonly seen: number;
    /** Of those, without a family tag. */
    readonly notOptedIn: number;
    /** Of those, of another family than the one looked for. */
    readonly otherFamilies: number;
  };
}
