import type { Configuration } from '../../domain/configuration.ts';
import type { Ports } from '../../domain/ports/index.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Right } from './right.ts';

const actions = {
  accounts: [
    'organizations:ListAccounts',
    'organizations:ListAccountsForParent',
    'organizations:ListOrganizationalUnitsForParent',
  ],
  tags: ['organizations:ListTagsForResource'],
} as const satisfies Record<keyof Ports['organization'], readonly string[]>;

/** What handlers ask AWS Organizations; nothing where no target comes from there. */
export const organizationRights = (
  { targets: { organization } }: Pick<Configuration, 'targets'>,
  { organization: calls = [] }: Pick<Uses, 'organization'>,
): readonly Right[] =>
  organization === null || calls.length === 0
    ? []
    : [
        {
          actions: calls.flatMap((call) => actions[call]).sort(),
          resources: ['*'],
          because: 'Which accounts and units there are is what these calls are to find out.',
        },
      ];
