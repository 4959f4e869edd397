import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { report as contract } from '../contracts/report.ts';
import { report } from '../domain/campaign/report.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  report({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
    planStore: awsPlanStore(sessions, variable('PLAN_BUCKET')),
  }),
);
