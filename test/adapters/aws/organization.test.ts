import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  type ListAccountsForParentCommandOutput,
  type ListOrganizationalUnitsForParentCommandOutput,
} from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { awsOrganization } from '../../../adapters/aws/organization.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const organizations = mockClient(OrganizationsClient);
const organization = awsOrganization(testSessions());

beforeEach(() => {
  organizations.reset();
  organizations.on(ListAccountsForParentCommand).resolves({});
  organizations.on(ListOrganizationalUnitsForParentCommand).resolves({});
});

describe('accounts below a unit', () => {
  it('are those of nested units too, over all pages, empty ones among them', async () => {
    const accounts: Record<string, ListAccountsForParentCommandOutput> = {
      'ou-top': { Accounts: [], NextToken: 'more', $metadata: {} },
      'ou-top more': { Accounts: [{ Id: '1', Name: 'one', State: 'ACTIVE' }], $metadata: {} },
      'ou-a': { Accounts: [{ Id: '2', Name: 'two', State: 'SUSPENDED' }], $metadata: {} },
      'ou-b': { Accounts: [{ Id: '3', Name: 'three', Status: 'ACTIVE' }], $metadata: {} },
    };
    const units: Record<string, ListOrganizationalUnitsForParentCommandOutput> = {
      'ou-top': { OrganizationalUnits: [{ Id: 'ou-a' }], NextToken: 'more', $metadata: {} },
      'ou-top more': { OrganizationalUnits: [{ Id: 'ou-b' }], $metadata: {} },
    };
    const key = ({ ParentId = '', NextToken = '' }) => `${ParentId} ${NextToken}`.trim();
    organizations.on(ListAccountsForParentCommand).callsFake((input: object) => accounts[key(input)]);
    organizations.on(ListOrganizationalUnitsForParentCommand).callsFake((input: object) => units[key(input)] ?? {});
    expect(await organization.accounts('ou-top')).toEqual([
      { account: '1', name: 'one', state: 'ACTIVE' },
      { account: '2', name: 'two', state: 'SUSPENDED' },
      { account: '3', name: 'three', state: 'ACTIVE' },
    ]);
  });

  it('are never taken for active where the answer does not say so', async () => {
    organizations.on(ListAccountsForParentCommand).resolves({ Accounts: [{ Id: '1', Name: 'one' }] });
    expect(await organization.accounts('ou-top')).toEqual([{ account: '1', name: 'one', state: 'UNKNOWN' }]);
  });

  it('are refused with the domain’s error', async () => {
    organizations
      .on(ListAccountsForParentCommand)
      .rejects(sdkError('AccessDeniedException', 'you are no administrator'));
    await expect(organization.accounts('ou-top')).rejects.toBeInstanceOf(AccessDenied);
  });
});

it('all accounts of the organisation are listed page by page', async () => {
  organizations
    .on(ListAccountsCommand)
    .resolvesOnce({ Accounts: [{ Id: '1', Name: 'one', State: 'ACTIVE' }], NextToken: 'more' })
    .resolves({ Accounts: [{ Id: '2', Name: 'two', State: 'ACTIVE' }] });
  expect((await organization.accounts(null)).map(({ account }) => account)).toEqual(['1', '2']);
  expect(organizations.commandCalls(ListAccountsCommand)[1]?.args[0].input).toEqual({ NextToken: 'more' });
});

it('the tags of an account are those of all pages', async () => {
  organizations
    .on(ListTagsForResourceCommand)
    .resolvesOnce({ Tags: [{ Key: 'stage', Value: 'production' }], NextToken: 'more' })
    .resolves({ Tags: [{ Key: 'team', Value: 'a' }] });
  expect(await organization.tags('1')).toEqual({ stage: 'production', team: 'a' });
  expect(organizations.commandCalls(ListTagsForResourceCommand)[0]?.args[0].input).toEqual({ ResourceId: '1' });
});
