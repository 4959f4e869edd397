import { awsExecutions } from '../adapters/aws/executions.ts';
import { restorePreviousImage as contract } from '../contracts/restore-previous-image.ts';
import { restorePreviousImage } from '../domain/restore/restore-previous-image.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  restorePreviousImage({
    ...base,
    executions: awsExecutions(sessions),
  }),
);
