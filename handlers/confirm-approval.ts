import { confirmApproval } from '../contracts/confirm-approval.ts';
import { confirm } from '../domain/ring/confirm.ts';
import { base } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(confirmApproval, confirm(base));
