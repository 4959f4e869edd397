import { awsImages } from '../adapters/aws/images.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { restorePromotion as contract } from '../contracts/restore-promotion.ts';
import { restorePromotion } from '../domain/promotion/restore-promotion.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  restorePromotion({
    ...base,
    images: awsImages(sessions),
    parameters: awsParameters(sessions),
  }),
);
