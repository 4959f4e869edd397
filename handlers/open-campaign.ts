import { awsImages } from '../adapters/aws/images.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { openCampaign } from '../contracts/open-campaign.ts';
import { open } from '../domain/campaign/open.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  openCampaign,
  open({
    ...base,
    images: awsImages(sessions),
    parameters: awsParameters(sessions),
    stacks: awsStacks(sessions),
  }),
);
