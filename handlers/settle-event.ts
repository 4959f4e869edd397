import { awsCalendars } from '../adapters/aws/calendars.ts';
import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsGateMachines } from '../adapters/aws/gate-machines.ts';
import { awsGroups } from '../adapters/aws/groups.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsKeys } from '../adapters/aws/keys.ts';
import { awsOrganization } from '../adapters/aws/organization.ts';
import { awsInstances } from '../adapters/aws/instances.ts';
import { awsRunbooks } from '../adapters/aws/runbooks.ts';
import { awsScans } from '../adapters/aws/scans.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { awsTargetGroups } from '../adapters/aws/target-groups.ts';
import { settleEvent } from '../domain/events/settle-event.ts';
import { base, sessions } from './runtime/connections.ts';
import { instanceSettings, runbookRoleArn } from './runtime/environment.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Settle Event',
  settleEvent({
    ...base,
    calendars: awsCalendars(sessions),
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    gateMachines: awsGateMachines(sessions),
    groups: awsGroups(sessions),
    images: awsImages(sessions),
    keys: awsKeys(sessions),
    organization: awsOrganization(sessions),
    instances: awsInstances(sessions, instanceSettings),
    runbooks: awsRunbooks(sessions, runbookRoleArn),
    scans: awsScans(sessions),
    stacks: awsStacks(sessions),
    targetGroups: awsTargetGroups(sessions),
  }),
);
