import { awsGroups } from '../adapters/aws/groups.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { planRings } from '../contracts/plan-rings.ts';
import { plan } from '../domain/planning/plan.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  planRings,
  plan({
    ...base,
    groups: awsGroups(sessions),
    parameters: awsParameters(sessions),
    planStore: awsPlanStore(sessions, variable('PLAN_BUCKET')),
  }),
);
