import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Configuration } from '../domain/configuration.ts';

/** What the machines are built from, beside the functions. */
export interface Settings {
  readonly configuration: Pick<Configuration, 'rings' | 'calendars' | 'gates' | 'approval' | 'stacks'>;
  /** Holds the plan's items and the maps' results. */
  readonly planBucket: IBucket;
}

/**
 * Longest life of a claim that must wait, in minutes. It is the last backstop: halts end after a day and busy stacks
 * after half an hour, but the slots of a large target may be taken for days.
 */
export const claimTimeoutMinutes = 7 * 24 * 60;

/** Longest wait of a campaign for its turn, in minutes; an image that has waited so long is looked at by a person first. */
export const turnTimeoutMinutes = 7 * 24 * 60;

/** Longest wait of a ring for its window, in minutes; what was moved before it goes back then. */
export const windowTimeoutMinutes = 14 * 24 * 60;

/** Longest wait of a campaign for its restore, in minutes. */
export const restoreTimeoutMinutes = 3 * 24 * 60;
