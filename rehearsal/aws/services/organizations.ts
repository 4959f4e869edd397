import type {
  Account,
  ListAccountsCommandInput,
  ListAccountsCommandOutput,
  ListAccountsForParentCommandInput,
  ListAccountsForParentCommandOutput,
  ListOrganizationalUnitsForParentCommandInput,
  ListOrganizationalUnitsForParentCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-organizations';
import type { Operations, Reply } from '../call.ts';
import { organizations as model } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** AWS Organizations: the tree of units and accounts that a scenario describes. */
export const organizations = (world: World): Operations => {
  const show = (account: string): Account => ({
    Id: account,
    Name: `account-${account.slice(-3)}`,
    State: world.suspendedAccounts.has(account) ? 'SUSPENDED' : 'ACTIVE',
  });

  const unit = (id: string | undefined) => {
    const found = world.organization.get(id ?? '');
    if (found === undefined)
      throw new SimulatedError('ParentNotFoundException', "You provided a parent that doesn't exist.");
    return found;
  };

  const paged = <T>(all: readonly T[], { NextToken }: { NextToken?: string | undefined }) => {
    const { items, next } = page(all, NextToken, model.pageSize);
    return { items: [...items], token: next === undefined ? {} : { NextToken: next } };
  };

  const listAccounts = (input: ListAccountsCommandInput): Reply<ListAccountsCommandOutput> => {
    const { items, token } = paged([...world.organization.values()].flatMap(({ accounts }) => accounts).sort(), input);
    return { Accounts: items.map(show), ...token };
  };

  const listAccountsForParent = (
    input: ListAccountsForParentCommandInput,
  ): Reply<ListAccountsForParentCommandOutput> => {
    const { items, token } = paged(unit(input.ParentId).accounts, input);
    return { Accounts: items.map(show), ...token };
  };

  const listUnits = (
    input: ListOrganizationalUnitsForParentCommandInput,
  ): Reply<ListOrganizationalUnitsForParentCommandOutput> => {
    const { id } = unit(input.ParentId);
    const { items, token } = paged(
      [...world.organization.values()].filter(({ parent }) => parent === id),
      input,
    );
    return { OrganizationalUnits: items.map((one) => ({ Id: one.id, Name: one.id })), ...token };
  };

  const listTags = (input: ListTagsForResourceCommandInput): Reply<ListTagsForResourceCommandOutput> => {
    const tags = world.accountTags.get(input.ResourceId ?? '') ?? {};
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  };

  return {
    ListAccounts: listAccounts,
    ListAccountsForParent: listAccountsForParent,
    ListOrganizationalUnitsForParent: listUnits,
    ListTagsForResource: listTags,
  };
};
