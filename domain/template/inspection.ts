import type { Mode, Reader, Replacement } from '../words.ts';

/** What a rollout may do with a stack of this template, and what it will meet there. */
export interface Inspection {
  /** Parameters that set an `ImageId` and can be set to an image, by name. */
  readonly imageParameters: readonly ImageParameter[];
  /** The one a rollout sets: the only one, or the one asked for; `null` while that is open. */
  readonly parameter: string | null;
  /** Every Auto Scaling group, by logical id. */
  readonly groups: readonly Group[];
  /** `AWS::EC2::Instance` resources whose image comes from an image parameter: an update REPLACES them. */
  readonly standaloneInstances: readonly string[];
  readonly eligible: boolean;
  /** Why not eligible, each one sentence a person can act on. */
  readonly reasons: readonly string[];
  /** What does not stand in the way but explains what will be seen. */
  readonly notes: readonly string[];
}

/** A parameter that decides an image. */
export interface ImageParameter {
  /** Of a parameter of the template; or `resolve:ssm:…`, where the template itself names the SSM parameter. */
  readonly name: string;
  readonly type: string;
  /** `ssm`: the parameter names an SSM parameter, and that one holds the image. */
  readonly mode: Mode;
  /** Who reads that SSM parameter; `null` in mode `parameter`. */
  readonly readBy: Reader | null;
  /** The resources in whose `ImageId` it ends, sorted. */
  readonly resources: readonly string[];
}

/** An Auto Scaling group of the template. */
export interface Group {
  readonly logicalId: string;
  /**
   * How a stack update replaces the instances. `none`: it does not, so an instance refresh must follow it. Where the
   * template leaves it open the answer is `none` too: a refresh that skips matching instances does no harm then.
   */
  readonly replacement: Replacement;
  /** The image parameters that this group's instances come from; a group without the chosen one keeps its image. */
  readonly parameters: readonly string[];
}

/** What a check has to say: `reasons` make a stack ineligible, `notes` do not. */
export interface Findings {
  readonly reasons: readonly string[];
  readonly notes: readonly string[];
}
