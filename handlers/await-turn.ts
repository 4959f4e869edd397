import { awsExecutions } from '../adapters/aws/executions.ts';
import { awaitTurn as contract } from '../contracts/await-turn.ts';
import { awaitTurn } from '../domain/queue/await-turn.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(contract, awaitTurn({ ...base, executions: awsExecutions(sessions) }));
