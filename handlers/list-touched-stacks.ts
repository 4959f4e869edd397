import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { listTouchedStacks } from '../contracts/list-touched-stacks.ts';
import { listTouched } from '../domain/restore/list-touched.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  listTouchedStacks,
  listTouched({
    ...base,
    planStore: awsPlanStore(sessions, variable('PLAN_BUCKET')),
  }),
);
