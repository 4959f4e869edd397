import { awsOrganization } from '../adapters/aws/organization.ts';
import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { discoverStacks } from '../contracts/discover-stacks.ts';
import { discover } from '../domain/planning/discover.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  discoverStacks,
  discover({
    ...base,
    organization: awsOrganization(sessions),
    planStore: awsPlanStore(sessions, variable('PLAN_BUCKET')),
    stacks: awsStacks(sessions),
  }),
);
