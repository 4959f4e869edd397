/** An image that a promotion has replaced, in one region: the way back from what replaced it. */
export interface ImageHold {
  readonly schemaVersion: number;
  readonly imageId: string;
  readonly region: string;
  readonly family: string;
  /** Campaigns that have replaced the image, the last one last. */
  readonly campaigns: readonly string[];
  /** ISO 8601; when the last of them did. */
  readonly replacedAt: string;
  /** refused: the image cannot be held, and the reason says why. releasing, released: it is needed no longer. */
  readonly state: 'intended' | 'held' | 'refused' | 'releasing' | 'released';
  readonly reason: string;
  /** The protection from deregistration is ours to take off again. */
  readonly protectedByUs: boolean;
  /** ISO 8601; the date of deprecation that we have set; null: none. */
  readonly deprecateAt: string | null;
  /** ISO 8601; when what replaced it was itself replaced; null: it is still the way back, or current. */
  readonly unneededSince: string | null;
  /** Raised by one at every write. */
  readonly revision: number;
}
