import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { recordStack } from '../contracts/record-stack.ts';
import { record } from '../domain/stack/record.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  recordStack,
  record({
    ...base,
    functions: awsFunctions(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
  }),
);
