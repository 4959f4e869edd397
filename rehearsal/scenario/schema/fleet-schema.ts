import * as z from 'zod';
import { fleetAccounts, HUB_ACCOUNT } from '../../aws/accounts.ts';
import { organization } from './organization-schema.ts';
import { account, closed, count, minutes, region } from './shapes.ts';
import { stack } from './stack-schema.ts';

const range = z
  .tuple([minutes, minutes])
  .refine(([low, high]) => low <= high, 'the first number may not be larger than the second');

/** The stacks, and the accounts and regions that they are in. */
export const fleet = closed({
  /** A number of made-up accounts, or these. */
  accounts: z.union([z.int().positive().max(1_000), z.array(account).min(1)]).default(3),
  /** Accounts that refuse every call from the start. */
  suspended: z.array(account).default([]),
  regions: z.tuple([region], region).default(['eu-west-1', 'us-east-1']),
  stacks: z.union([count.max(100_000), z.array(stack)]).default(40),
  ssmShare: z.number().min(0).max(1).default(0.25),
  replacement: closed({
    rolling: z.number().nonnegative().default(0),
    instanceRefresh: z.number().nonnegative().default(0),
    none: z.number().nonnegative().default(0),
  }).default({ rolling: 0.7, instanceRefresh: 0.2, none: 0.1 }),
  updateMinutes: range.default([4, 12]),
  /** An earlier campaign is on record: each stack took as long as it will take now, give or take this share. */
  timesOnRecord: z.number().min(0).max(0.9).nullable().default(null),
  organization: organization.nullable().default(null),
}).superRefine(({ stacks, accounts, regions, suspended }, context) => {
  // The hub may have stacks of its own.
  const known: readonly string[] = [...fleetAccounts(accounts), HUB_ACCOUNT];
  const refuse = (path: (string | number)[], value: string, what: string, all: readonly string[]): void => {
    const some = all.length > 5 ? `${all.slice(0, 5).join(', ')}, …` : all.join(', ');
    context.addIssue({
      code: 'custom',
      path,
      message: `${value} is none of the fleet's ${what} (${some}): add it there`,
    });
  };
  for (const [index, one] of suspended.entries())
    if (!known.includes(one)) refuse(['suspended', index], one, 'accounts', known);
  if (!Array.isArray(stacks)) return;
  for (const [index, { account: of, region: place }] of stacks.entries()) {
    if (of !== undefined && !known.includes(of)) refuse(['stacks', index, 'account'], of, 'accounts', known);
    if (place !== undefined && !regions.includes(place)) refuse(['stacks', index, 'region'], place, 'regions', regions);
  }
  const seen = new Set<string>();
  for (const [index, { name, account: of, region: place }] of stacks.entries()) {
    const key = `${of ?? ''}/${place ?? ''}/${name}`;
    if (seen.has(key))
      context.addIssue({ code: 'custom', path: ['stacks', index, 'name'], message: `${name} is in the list twice` });
    seen.add(key);
  }
});
