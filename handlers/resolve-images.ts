import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsKeys } from '../adapters/aws/keys.ts';
import { awsOrganization } from '../adapters/aws/organization.ts';
import { resolveImages as contract } from '../contracts/resolve-images.ts';
import { resolveImages } from '../domain/campaign/resolve-images.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  resolveImages({
    ...base,
    executions: awsExecutions(sessions),
    images: awsImages(sessions),
    keys: awsKeys(sessions),
    organization: awsOrganization(sessions),
  }),
);
