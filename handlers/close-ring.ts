import { awsNotifications } from '../adapters/aws/notifications.ts';
import { closeRing as contract } from '../contracts/close-ring.ts';
import { closeRing } from '../domain/ring/close.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  closeRing({ ...base, notifications: awsNotifications(sessions, variable('TOPIC_ARN')) }),
);
