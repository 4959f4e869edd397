import * as z from 'zod';
import { targetName } from '../../domain/target.ts';
import { account, region } from './account-and-region.ts';
import { options } from './options.ts';
import { repeated } from './repeated.ts';

const target = options({
  account: account.describe('AWS account id.'),
  region: region.describe('AWS region.'),
}).describe('One account in one region.');

/** Option `hub`: where the product itself runs. */
export const hub = options({
  account: account.describe('Account id of the tooling account.'),
  region: region.describe('Region of the tooling account that the product runs in.'),
}).describe('Where the product itself runs.');

const distinct = (texts: readonly string[], context: z.RefinementCtx): void => {
  for (const { index, first } of repeated(texts)) {
    context.addIssue({ code: 'custom', path: [index], message: `is the same as entry ${first}; remove one of them` });
  }
};

/** Option `targets`: the accounts and regions whose stacks are moved. */
export const targets = options({
  accounts: z.array(account).superRefine(distinct).default([]).describe('Account ids; each is used in each region.'),
  regions: z.array(region).superRefine(distinct).default([]).describe('Regions; each is used in each account.'),
  list: z
    .array(target)
    .superRefine((list, context) => distinct(list.map(targetName), context))
    .default([])
    .describe('Single targets, in addition to accounts × regions.'),
  builders: z
    .array(account)
    .superRefine(distinct)
    .default([])
    .describe(
      'Accounts that build images and have no stacks to move; they need the spoke stack too, so that their events are heard. Default: none.',
    ),
  roleName: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'must be an IAM role name: at most 64 characters, no path')
    .default('ami-rollout-spoke')
    .describe('Name of the role that the hub assumes in each account. Default: ami-rollout-spoke.'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,128}$/, 'must have 2 to 128 characters: letters, digits and +=,.@:/-')
    .default('ami-rollout')
    .describe('External id that the roles ask for; the same in hub and spoke stacks. Default: ami-rollout.'),
})
  .superRefine(({ accounts, regions, list }, context) => {
    const issue = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if (accounts.length > 0 && regions.length === 0)
      issue(['regions'], 'must name at least one region for the accounts');
    if (regions.length > 0 && accounts.length === 0)
      issue(['accounts'], 'must name at least one account for the regions');
    if (accounts.length + regions.length + list.length === 0) {
      issue([], 'must name at least one target: accounts and regions, or a list');
    }
  })
  .describe('The accounts and regions whose stacks are moved.');
