import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { afterExecution } from '../domain/restore/after-execution.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'After Execution',
  afterExecution({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
    planStore: awsPlanStore(sessions, variable('PLAN_BUCKET')),
  }),
);
