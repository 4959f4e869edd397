import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { startCampaign } from '../domain/events/start-campaign.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Start Campaign',
  startCampaign({
    ...base,
    executions: awsExecutions(sessions),
    images: awsImages(sessions),
  }),
);
