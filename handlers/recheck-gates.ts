import { awsAlarms } from '../adapters/aws/alarms.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { awsScans } from '../adapters/aws/scans.ts';
import { recheckGates } from '../contracts/recheck-gates.ts';
import { recheck } from '../domain/gating/recheck.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  recheckGates,
  recheck({
    ...base,
    alarms: awsAlarms(sessions),
    functions: awsFunctions(sessions),
    images: awsImages(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
    scans: awsScans(sessions),
  }),
);
