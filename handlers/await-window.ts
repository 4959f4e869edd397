import { awsCalendars } from '../adapters/aws/calendars.ts';
import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { awaitWindow as contract } from '../contracts/await-window.ts';
import { awaitWindow } from '../domain/windows/await-window.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  awaitWindow({
    ...base,
    calendars: awsCalendars(sessions),
    executions: awsExecutions(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
  }),
);
