import * as z from 'zod';
import { outcome } from './outcome-schema.ts';
import { closed } from './shapes.ts';

/** What people decide on a ring, and when. */
export const approval = closed({
  decision: z.enum(['approve', 'reject', 'ignore']).default('approve'),
  afterMinutes: z.number().nonnegative().default(30),
  by: z.string().default('operator'),
});

/** What an operator does beside approving: once, so many minutes after the campaign enters the state. */
export const operation = closed({
  do: z.enum(['halt', 'resume', 'abort']),
  /** A state of the campaign machine, as the console shows it. */
  state: z.string(),
  afterMinutes: z.number().nonnegative().default(0),
  /** `all` is the switch for everything; only halt and resume know it. */
  scope: z.enum(['campaign', 'all']).default('campaign'),
  by: z.string().default('operator'),
  reason: z.string().min(1).default('looks wrong'),
});

/** What a person does after the campaign has ended. */
export const then = closed({
  do: z.literal('rollback').default('rollback'),
  /** The campaign that the report is about, the one that was started last, or every one that has brought the image. */
  of: z.enum(['campaign', 'latest', 'image']).default('campaign'),
  /** So long after everything has come to rest. */
  afterMinutes: z.number().nonnegative().default(60),
  /** At this time after the start instead, whatever is going on then. */
  atMinutes: z.number().positive().nullable().default(null),
  /** Who asks; default: the first of those who approve. */
  by: z.string().nullable().default(null),
  /** What was broken on the stacks has been mended by then. */
  mended: z.boolean().default(false),
  expect: closed({ outcome: outcome.default('RESTORED') }).prefault({}),
});
