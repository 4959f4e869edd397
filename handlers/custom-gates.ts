import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { customGates as contract } from '../contracts/custom-gates.ts';
import { customGates } from '../domain/gating/custom/custom-gates.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  contract,
  customGates({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
  }),
);
