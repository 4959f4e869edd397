import type { Adoption } from '../campaign/adoption.ts';
import type { Category } from '../configuration/category.ts';
import type { Drill } from './drill.ts';
import type { Outcome } from '../words.ts';

/** One attempt to move a scope to one image. */
export interface Campaign {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly executionArn: string;
  readonly family: string;
  readonly category: Category;
  /** Environments in scope; empty: all. */
  readonly environments: readonly string[];
  readonly image: { readonly id: string; readonly region: string };
  /** The same build under its ids, by region; empty until the images are resolved. */
  readonly imageSet: Readonly<Record<string, string>>;
  /** What makes two images the same build. */
  readonly build: string;
  /** When the build was made, in its source region; ISO 8601, empty where no image was found. */
  readonly builtAt: string;
  /** Who started it, as a person id, or `unknown`. */
  readonly starter: string;
  readonly startReason: string;
  readonly dryRun: boolean;
  readonly allowOlder: boolean;
  /** A revoked image is wanted all the same; missing: it is not. */
  readonly allowRevoked?: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /**
   * running: forward writes are allowed. restoring: only the restore writes. promoted: the image is the family's.
   * closed: the outcome is written; nothing writes any more.
   */
  readonly phase: 'running' | 'restoring' | 'promoted' | 'closed';
  /** It is a drill, and of what; missing or null: it is not. A drill promotes nothing. */
  readonly drill?: Drill | null;
  /** Raised whenever the right to write changes hands. */
  readonly fence: number;
  /** ISO 8601; since when it has been restoring, the last time. Missing: never. */
  readonly restoringSince?: string;
  /** How far the image had come to the instances when the campaign ended; null where nothing was to be moved. Missing: still open. */
  readonly adoption?: Adoption | null;
  readonly planHash: string;
  readonly planned: number;
  readonly ringNames: readonly string[];
  /** Regions and targets left out, each with its reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** First ring whose budget was breached; null: none. */
  readonly breachedRing: string | null;
  /** Outcome known before the report (duplicate, unchanged, restored, …); null: still open. */
  readonly conclusion: Outcome | null;
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** The operators have been told how it ended. */
  readonly told: boolean;
  /** The execution that restores it: the newest attempt, the first of the same cause, and that cause. */
  readonly restore: {
    readonly executionArn: string;
    readonly attempt: number;
    readonly first: number;
    readonly reason: string;
  } | null;
  /** The last rollback that a person asked for after the campaign had ended, and how it had ended. */
  readonly rollback: Rollback | null;
}

/** A campaign that had an outcome and is put back on a person's word. */
export interface Rollback {
  readonly by: string;
  readonly reason: string;
  /** ISO 8601; stacks that were dealt with before are looked at anew. */
  readonly at: string;
  readonly from: Outcome;
}
