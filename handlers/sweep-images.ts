import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { sweepImages } from '../domain/events/sweep-images.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Sweep Images',
  sweepImages({ ...base, executions: awsExecutions(sessions), images: awsImages(sessions) }),
);
