import * as z from '../zod.ts';
import { reason } from './common.ts';

/** The body of what needs nothing but a reason. */
export const reasonBody = z.strictObject({ reason }).openapi('Reason');
