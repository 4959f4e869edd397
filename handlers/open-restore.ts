import { awsNotifications } from '../adapters/aws/notifications.ts';
import { openRestore as contract } from '../contracts/open-restore.ts';
import { openRestore } from '../domain/restore/open-restore.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  openRestore({ ...base, notifications: awsNotifications(sessions, variable('TOPIC_ARN')) }),
);
