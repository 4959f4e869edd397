import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsGroups } from '../adapters/aws/groups.ts';
import { awsTargetGroups } from '../adapters/aws/target-groups.ts';
import { verifyInstances } from '../contracts/verify-instances.ts';
import { verify } from '../domain/stack/verify.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  verifyInstances,
  verify({
    ...base,
    executions: awsExecutions(sessions),
    groups: awsGroups(sessions),
    targetGroups: awsTargetGroups(sessions),
  }),
);
