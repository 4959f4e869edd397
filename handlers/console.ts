import { handle } from 'hono/aws-lambda';
import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsGroups } from '../adapters/aws/groups.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsOrganization } from '../adapters/aws/organization.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { createConsole } from '../console/app.ts';
import { byGatewaySignature, byGatewayToken } from '../console/auth/gateway.ts';
import { base, sessions } from './runtime/connections.ts';
import { variable } from './runtime/environment.ts';
import { logger } from './runtime/logger.ts';

const app = createConsole({
  ports: {
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    groups: awsGroups(sessions),
    images: awsImages(sessions),
    organization: awsOrganization(sessions),
    parameters: awsParameters(sessions),
    planStore: awsPlanStore(sessions, variable('PLAN_BUCKET')),
    stacks: awsStacks(sessions),
  },
  people: byGatewayToken(base.configuration),
  machines: byGatewaySignature,
  onError: ({ name, message }, path) =>
    logger.error('request failed', { path, errorName: name, errorMessage: message }),
});

/** Behind API Gateway, whose authorizers have verified the token or the signature of every request that comes here. */
// The package that is to replace this adapter in hono 5 is not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const handler = handle(app);
