import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  type Account,
} from '@aws-sdk/client-organizations';
import type { Organization, OrganizationAccount } from '../../domain/ports/organization.ts';
import { call } from './errors.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

const facts = ({ Id = '', Name = '', State, Status }: Account): OrganizationAccount => ({
  account: Id,
  name: Name,
  // Status is on its way out; answers of older endpoints have nothing else.
  state: State ?? Status ?? 'UNKNOWN',
});

const next = ({ NextToken }: { readonly NextToken?: string | undefined }) => NextToken;
const from = (token: string | undefined) => (token === undefined ? {} : { NextToken: token });

/**
 * AWS Organizations, asked with the hub's own rights: the hub is the management account or a delegated administrator. A page
 * may be empty and still have a next one.
 * {@link https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html}
 */
export const awsOrganization = (sessions: Sessions): Organization => {
  const client = () => sessions.client(OrganizationsClient, sessions.hub);

  const all = async (): Promise<OrganizationAccount[]> => {
    const found: OrganizationAccount[] = [];
    const read = (token: string | undefined) =>
      call('ListAccounts of the organisation', () => client().send(new ListAccountsCommand(from(token))));
    for await (const { Accounts = [] } of pages(read, next)) found.push(...Accounts.map(facts));
    return found;
  };

  const below = async (parent: string): Promise<OrganizationAccount[]> => {
    const found: OrganizationAccount[] = [];
    const readAccounts = (token: string | undefined) =>
      call(`ListAccountsForParent of ${parent}`, () =>
        client().send(new ListAccountsForParentCommand({ ParentId: parent, ...from(token) })),
      );
    for await (const { Accounts = [] } of pages(readAccounts, next)) found.push(...Accounts.map(facts));
    const readUnits = (token: string | undefined) =>
      call(`ListOrganizationalUnitsForParent of ${parent}`, () =>
        client().send(new ListOrganizationalUnitsForParentCommand({ ParentId: parent, ...from(token) })),
      );
    for await (const { OrganizationalUnits = [] } of pages(readUnits, next))
      for (const { Id } of OrganizationalUnits) if (Id !== undefined) found.push(...(await below(Id)));
    return found;
  };

  return {
    accounts: (unit) => (unit === null ? all() : below(unit)),

    tags: async (account) => {
      const tags: Record<string, string> = {};
      const read = (token: string | undefined) =>
        call(`ListTagsForResource of account ${account}`, () =>
          client().send(new ListTagsForResourceCommand({ ResourceId: account, ...from(token) })),
        );
      for await (const { Tags = [] } of pages(read, next))
        for (const { Key, Value } of Tags) if (Key !== undefined) tags[Key] = Value ?? '';
      return tags;
    },
  };
};
