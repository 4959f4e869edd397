import { awsImages } from '../adapters/aws/images.ts';
import { ageLimit as contract } from '../contracts/age-limit.ts';
import { ageLimit } from '../domain/gating/age-limit.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  ageLimit({
    ...base,
    images: awsImages(sessions),
  }),
);
