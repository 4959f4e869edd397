import type { Target } from '../target.ts';

/** A KMS key, as who asks is shown it. */
export interface KeyFacts {
  /** `Enabled`, `Disabled`, `PendingDeletion`, …: only the first can be used. */
  readonly state: string;
  /** AWS's own key of an account (`aws/ebs`), which no other account can be given. */
  readonly managedByAws: boolean;
}

/** The keys that images are encrypted under. */
export interface Keys {
  /** ARNs of the keys of an image's snapshots, each once; null where they are not shown: to nobody but their owner. */
  ofImage(target: Target, imageId: string): Promise<readonly string[] | null>;
  /** `refused`: the key's policy, or our role, does not let the target's account look. Undefined: there is no such key. */
  find(target: Target, keyArn: string): Promise<KeyFacts | 'refused' | undefined>;
}
