import type { imageTags } from '../words.ts';

/** What gates have found of a build, whichever campaign asked: the tags of its images follow it, never the other way. */
export interface ImageRecord {
  readonly schemaVersion: number;
  readonly family: string;
  /** What makes two images of the family the same build. */
  readonly build: string;
  /** Raised by one at every write; a write states the version that it has read. */
  readonly version: number;
  /** The build's images by region, as campaigns have resolved them. */
  readonly images: Readonly<Record<string, string>>;
  /** By tag key. */
  readonly verdicts: Readonly<Partial<Record<VerdictTag, TaggedVerdict>>>;
  /** Why the build is not to be rolled out again; null or missing: it may be. */
  readonly revoked?: Revocation | null;
}

/** A build was rolled back: whoever wants it again has to say so. */
export interface Revocation {
  /** A person id, or the task that acted. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** The campaign that was rolled back. */
  readonly campaignId: string;
}

/** The tags of an image that say what gates have found. */
export type VerdictTag = (typeof imageTags)['scanStatus' | 'testResults'];

/** The last verdict that one such tag stands for. */
export interface TaggedVerdict {
  readonly value: 'passed' | 'failed';
  readonly gate: string;
  readonly campaignId: string;
  readonly at: string;
}
