import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { closeRestore as contract } from '../contracts/close-restore.ts';
import { closeRestore } from '../domain/restore/close-restore.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  closeRestore({
    ...base,
    parameters: awsParameters(sessions),
    stacks: awsStacks(sessions),
  }),
);
