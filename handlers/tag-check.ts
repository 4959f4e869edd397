import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { tagCheck as contract } from '../contracts/tag-check.ts';
import { tagCheck } from '../domain/gating/tag-check.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  tagCheck({
    ...base,
    functions: awsFunctions(sessions),
    images: awsImages(sessions),
  }),
);
