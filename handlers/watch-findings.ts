import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { awsScans } from '../adapters/aws/scans.ts';
import { watchFindings } from '../domain/gating/findings/watch-findings.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Watch Findings',
  watchFindings({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    images: awsImages(sessions),
    notifications: awsNotifications(sessions, variable('TOPIC_ARN')),
    scans: awsScans(sessions),
  }),
);
