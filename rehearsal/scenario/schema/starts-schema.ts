import * as z from 'zod';
import { closed } from './shapes.ts';

/** How the campaign is started; a manual start is what the Step Functions console would send. */
export const start = closed({
  by: z.enum(['manual', 'event']).default('manual'),
  dryRun: z.boolean().default(false),
  family: z.string().nullable().default(null),
  /** Accepts an image older than the promoted one. */
  allowOlder: z.boolean().default(false),
  /** Accepts an image that was revoked. */
  allowRevoked: z.boolean().default(false),
  /** Drills the stack of this name instead. */
  drill: z.string().nullable().default(null),
  /** Another image than the scenario's. */
  imageId: z.string().nullable().default(null),
  /** The execution's whole input, in place of the one made of the options above. */
  input: z.unknown().optional(),
  /** The same start once more, so many minutes later; the report is then about the second one. */
  againAfterMinutes: z.number().positive().nullable().default(null),
});

/** An image that is announced after the start: a new build, or an old image that somebody copies or enables again. */
export const arrival = closed({
  afterMinutes: z.number().positive(),
  /** A new build of this version; put it in quotes. */
  version: z.string().optional(),
  /** The image that the fleet runs is copied or enabled again. */
  again: z.enum(['enabled', 'copied']).optional(),
  /** False: EC2's event is lost, and the daily look at the images must find it. */
  announced: z.boolean().default(true),
}).refine(({ version, again }) => (version === undefined) !== (again === undefined), {
  error: 'name either a version or what happens to the old image (again)',
});

/** Another campaign on the same fleet, started by hand. */
export const other = closed({
  afterMinutes: z.number().positive(),
  /** `new`: the scenario's image once more. `later`: a build that came after it. */
  image: z.enum(['new', 'later']).default('later'),
  family: z.string().nullable().default(null),
  environments: z.array(z.string()).default([]),
  /** Drills the stack of this name; of the image, the product decides. */
  drill: z.string().nullable().default(null),
});
