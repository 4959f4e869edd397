import * as z from 'zod';
import { scanStatus } from './findings-schema.ts';
import { closed } from './shapes.ts';

/**
 * What a custom gate of the policy does, by the name of its function or state machine: answers, or not. `later` returns
 * `{pending: true}` and calls back, `never` only returns it. Of a state machine, `later` is its end, and `never` that it has none.
 */
export const gateDouble = closed({
  answer: z.enum(['passes', 'refuses', 'hangs', 'crashes', 'malformed', 'later', 'never']).default('passes'),
  afterMinutes: z.number().nonnegative().default(0.1),
});

/** What becomes of instances that gates launch. */
export const instances = closed({
  spotCapacity: z.boolean().default(true),
  /** EC2 takes those on Spot back so long after their launch. Default: never. */
  interruptedAfterMinutes: z.number().positive().nullable().default(null),
  /** How long Inspector's first scan takes, once SSM manages the instance. */
  scanMinutes: z.number().nonnegative().default(30),
  scanStatus: scanStatus.default('SUCCESSFUL'),
  /** Whether SSM ever manages them. */
  boots: z.boolean().default(true),
  /** What becomes of the document that a boot check runs. */
  document: z.enum(['passes', 'fails', 'hangs']).default('passes'),
  documentMinutes: z.number().nonnegative().default(5),
});
