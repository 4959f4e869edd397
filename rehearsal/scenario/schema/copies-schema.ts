import * as z from 'zod';
import { account, closed } from './shapes.ts';

/** The key that an encrypted image is under; its owner's. */
export const key = closed({
  state: z
    .enum(['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable', 'missing'])
    .default('Enabled'),
  /** `aws`: the owner's `aws/ebs`, which no other account can use. */
  manager: z.enum(['customer', 'aws']).default('customer'),
  /** Accounts that its policy names. Default: all. */
  usableBy: z.array(account).optional(),
});

/** The copy of the image in one region, where it differs from the others. */
export const copy = closed({
  /** `missing`: there is none. */
  state: z.enum(['available', 'missing', 'pending', 'failed', 'disabled']).default('available'),
  /** A pending copy becomes available then. Default: never. */
  availableAfterMinutes: z.number().positive().optional(),
  /** Accounts that it is shared with. Default: all of the fleet. */
  sharedWith: z.array(account).optional(),
  deprecatesInDays: z.number().optional(),
  /** Default: that of the image. */
  key: key.optional(),
});
