import type { Target } from '../target.ts';

/** An image as EC2 describes it, in one region. */
export interface ImageFacts {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly owner: string;
  readonly state: string;
  readonly architecture: string;
  readonly virtualization: string;
  readonly bootMode: string | null;
  readonly rootDeviceType: string;
  readonly encrypted: boolean;
  readonly createdAt: string;
  readonly deprecatedAt: string | null;
  /** It cannot be deregistered. */
  readonly isProtected: boolean;
  /** The image this one was copied from; null: an original. */
  readonly source: { readonly id: string; readonly region: string } | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** Who may launch an image, as its owner has set it. */
export interface LaunchPermission {
  readonly public: boolean;
  readonly accounts: readonly string[];
  /** ARNs of organisations and organisational units. */
  readonly organisations: readonly string[];
}

export interface Images {
  /** Undefined where the image does not exist or is not visible from the target. */
  find(target: Target, imageId: string): Promise<ImageFacts | undefined>;
  /** Images in the target's region that carry all these tags. */
  findByTags(target: Target, tags: Readonly<Record<string, string>>): Promise<readonly ImageFacts[]>;
  /** Images of these owners in the target's region whose name fits; `*` and `?` in it stand for any text and character. */
  findByName(target: Target, pattern: string, owners: readonly string[]): Promise<readonly ImageFacts[]>;
  /** Copies in the target's region of the image with this id. */
  findCopies(target: Target, sourceImageId: string): Promise<readonly ImageFacts[]>;
  /** Only the image's owner can ask. */
  launchPermission(target: Target, imageId: string): Promise<LaunchPermission>;
  tag(target: Target, imageId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Takes tags off; with a value only where the tag has that value, with null whatever it says. */
  untag(target: Target, imageId: string, tags: Readonly<Record<string, string | null>>): Promise<void>;
  /** Protects the owner's image from deregistration; with a cooldown the protection lasts a day longer than wanted. */
  protect(target: Target, imageId: string, withCooldown: boolean): Promise<void>;
  unprotect(target: Target, imageId: string): Promise<void>;
  /** Has the owner's image deprecated at that time (ISO 8601), which must be ahead; null: not any more. */
  deprecate(target: Target, imageId: string, at: string | null): Promise<void>;
  /** The AMIs that one Image Builder image version has produced. */
  fromImageBuilder(
    target: Target,
    imageArn: string,
  ): Promise<readonly { readonly id: string; readonly region: string; readonly account: string }[]>;
}
