import { awsExecutions } from '../../adapters/aws/executions.ts';
import { awsForwarding } from '../../adapters/aws/forwarding.ts';
import { awsFunctions } from '../../adapters/aws/functions.ts';
import { awsGroups } from '../../adapters/aws/groups.ts';
import { awsImages } from '../../adapters/aws/images.ts';
import { awsNotifications } from '../../adapters/aws/notifications.ts';
import { awsOrganization } from '../../adapters/aws/organization.ts';
import { awsParameters } from '../../adapters/aws/parameters.ts';
import { awsPlanStore } from '../../adapters/aws/plan-store.ts';
import type { Sessions } from '../../adapters/aws/sessions.ts';
import { awsStacks } from '../../adapters/aws/stacks.ts';
import type { ConsolePorts } from '../../console/ports.ts';
import { variable } from './environment.ts';

/** The console's ports on AWS, beside those that every handler has: the deployed console and the local one have the same. */
export const consolePorts = (
  base: Pick<ConsolePorts, 'clock' | 'configuration' | 'surroundings' | 'table'>,
  accounts: Sessions,
): ConsolePorts => ({
  ...base,
  executions: awsExecutions(accounts),
  forwarding: awsForwarding(accounts),
  functions: awsFunctions(accounts),
  groups: awsGroups(accounts),
  images: awsImages(accounts),
  notifications: awsNotifications(accounts, variable('TOPIC_ARN')),
  organization: awsOrganization(accounts),
  parameters: awsParameters(accounts),
  planStore: awsPlanStore(accounts, variable('PLAN_BUCKET')),
  stacks: awsStacks(accounts),
});
