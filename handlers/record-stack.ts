import { awsFunctions } from '../adapters/aws/functions.ts';
import { recordStack } from '../contracts/record-stack.ts';
import { record } from '../domain/stack/record.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  recordStack,
  record({
    ...base,
    functions: awsFunctions(sessions),
  }),
);
