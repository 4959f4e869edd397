import { openRestore as contract } from '../contracts/open-restore.ts';
import { openRestore } from '../domain/restore/open-restore.ts';
import { base } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(contract, openRestore(base));
