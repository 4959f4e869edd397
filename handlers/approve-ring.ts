import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { approveRing } from '../contracts/approve-ring.ts';
import { approve } from '../domain/ring/approve.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  approveRing,
  approve({
    ...base,
    executions: awsExecutions(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
  }),
);
