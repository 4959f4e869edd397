import * as z from 'zod';
import { severities } from '../../aws/state/image.ts';
import { closed, count } from './shapes.ts';

/** How many findings an image has, by severity. */
export const findings = closed({
  critical: count.default(0),
  high: count.default(0),
  medium: count.default(0),
  low: count.default(0),
  informational: count.default(0),
  untriaged: count.default(0),
} satisfies Record<(typeof severities)[number], z.ZodType>);

/** One finding spelled out, where the number alone does not say enough. */
export const vulnerability = closed({
  id: z.string().min(1),
  severity: z.enum(severities).default('medium'),
  fixAvailable: z.boolean().default(true),
  /** Since how many days the vendor's advisory is out; null: there is none. */
  adviceDays: z.number().nonnegative().nullable().default(null),
  exploitKnown: z.boolean().default(false),
  /** Which of the two images has it. */
  of: z.enum(['new', 'previous', 'both']).default('new'),
});

/** How the image's scan ends: as Inspector's reasons say, or `NEVER` (it does not end), or `NONE` (no coverage at all). */
export const scanStatus = z.enum([
  'SUCCESSFUL',
  'UNSUPPORTED_OS',
  'NO_RESOURCES_FOUND',
  'INTERNAL_ERROR',
  'ACCESS_DENIED',
  'IMAGE_SIZE_EXCEEDED',
  'RESOURCE_TERMINATED',
  'PENDING_INITIAL_SCAN',
  'NEVER',
  'NONE',
]);
