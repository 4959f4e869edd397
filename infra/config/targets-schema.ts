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

/** Option `targets.organization`. */
const organization = options({
  id: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, 'must be an organisation id such as o-a1b2c3d4e5')
    .describe('Id of the organisation. Only its accounts may send events to the hub, and only they are entered.'),
  units: z
    .array(
      z
        .string()
        .regex(
          /^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/,
          'must be an organisational unit such as ou-ab12-cdefgh34, or a root such as r-ab12',
        ),
    )
    .superRefine(distinct)
    .default([])
    .describe('Organisational units, with everything below them. Default: none, the tags choose among all accounts.'),
  tags: z
    .record(
      z.string().min(1).max(128),
      z
        .union([z.string(), z.array(z.string()).min(1)])
        .transform((value) => (typeof value === 'string' ? [value] : value)),
    )
    .default({})
    .describe('Tags that an account must have, all of them: a value, or several that will do. Default: none.'),
  regions: z
    .array(region)
    .min(1, 'must name at least one region')
    .superRefine(distinct)
    .describe('Regions; each is used in each account.'),
  except: z.array(account).superRefine(distinct).default([]).describe('Accounts to leave out. Default: none.'),
}).superRefine(({ units, tags }, context) => {
  if (units.length + Object.keys(tags).length === 0)
    context.addIssue({
      code: 'custom',
      path: ['units'],
      message: 'must name a unit, or tags that an account must have; the root (r-…) stands for all accounts',
    });
});

/** Option `targets`: the accounts and regions whose stacks are moved. */
export const targets = options({
  accounts: z.array(account).superRefine(distinct).default([]).describe('Account ids; each is used in each region.'),
  regions: z.array(region).superRefine(distinct).default([]).describe('Regions; each is used in each account.'),
  list: z
    .array(target)
    .superRefine((list, context) => distinct(list.map(targetName), context))
    .default([])
    .describe('Single targets, in addition to accounts × regions.'),
  organization: organization
    .nullable()
    .default(null)
    .describe(
      'Targets looked up in AWS Organizations at each campaign; the hub must be the management account or a delegated administrator. Default: null, none.',
    ),
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
  .superRefine(({ accounts, regions, list, organization: organizational }, context) => {
    const issue = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if (accounts.length > 0 && regions.length === 0)
      issue(['regions'], 'must name at least one region for the accounts');
    if (regions.length > 0 && accounts.length === 0)
      issue(['accounts'], 'must name at least one account for the regions');
    if (accounts.length + regions.length + list.length === 0 && organizational === null) {
      issue([], 'must name at least one target: accounts and regions, a list, or an organization');
    }
  })
  .describe('The accounts and regions whose stacks are moved.');
