import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { promoteImage } from '../contracts/promote-image.ts';
import { promote } from '../domain/promotion/promote.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  promoteImage,
  promote({
    ...base,
    functions: awsFunctions(sessions),
    images: awsImages(sessions),
    parameters: awsParameters(sessions),
  }),
);
