import { z } from '@hono/zod-openapi';
import { reason } from './common.ts';

/** The body of what needs nothing but a reason. */
export const reasonBody = z.strictObject({ reason }).openapi('Reason');
