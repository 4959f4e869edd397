import * as z from 'zod';
import { account, closed } from './shapes.ts';

/** The organisation that the accounts belong to; without it, AWS Organizations knows nothing. */
export const organization = closed({
  units: z
    .array(
      closed({
        id: z.string(),
        /** The unit above; without one it is a root. */
        parent: z.string().nullable().default(null),
        accounts: z.array(account).default([]),
      }),
    )
    .min(1),
  /** Tags of accounts. */
  tags: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Accounts that are suspended: they refuse every call. */
  suspended: z.array(account).default([]),
});
