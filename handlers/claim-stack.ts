import { awsAlarms } from '../adapters/aws/alarms.ts';
import { awsCalendars } from '../adapters/aws/calendars.ts';
import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsGroups } from '../adapters/aws/groups.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsKeys } from '../adapters/aws/keys.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { claimStack } from '../contracts/claim-stack.ts';
import { claim } from '../domain/stack/claim.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  claimStack,
  claim({
    ...base,
    alarms: awsAlarms(sessions),
    calendars: awsCalendars(sessions),
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    groups: awsGroups(sessions),
    images: awsImages(sessions),
    keys: awsKeys(sessions),
    parameters: awsParameters(sessions),
    stacks: awsStacks(sessions),
  }),
);
