import { awsAlarms } from '../adapters/aws/alarms.ts';
import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { applyImage } from '../contracts/apply-image.ts';
import { apply } from '../domain/stack/apply.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  applyImage,
  apply({
    ...base,
    alarms: awsAlarms(sessions),
    executions: awsExecutions(sessions),
    parameters: awsParameters(sessions),
    stacks: awsStacks(sessions),
  }),
);
