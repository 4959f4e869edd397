import { closeRing as contract } from '../contracts/close-ring.ts';
import { closeRing } from '../domain/ring/close.ts';
import { base } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(contract, closeRing(base));
