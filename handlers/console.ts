import { handle } from 'hono/aws-lambda';
import { systemClock } from '../adapters/aws/clock.ts';
import { awsConsoleSecret } from '../adapters/aws/console-secret.ts';
import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsForwarding } from '../adapters/aws/forwarding.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsGroups } from '../adapters/aws/groups.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsNotifications } from '../adapters/aws/notifications.ts';
import { awsOrganization } from '../adapters/aws/organization.ts';
import { awsParameters } from '../adapters/aws/parameters.ts';
import { awsPlanStore } from '../adapters/aws/plan-store.ts';
import { awsStacks } from '../adapters/aws/stacks.ts';
import { createConsole } from '../console/app.ts';
import { byGatewaySignature, byGatewayToken } from '../console/auth/gateway.ts';
import { identityProvider } from '../console/auth/provider.ts';
import { sealer } from '../console/auth/sealed.ts';
import { groupsNamed, sessions } from '../console/auth/session.ts';
import { sessions as accounts, table } from './runtime/connections.ts';
import { configuration, surroundings, variable } from './runtime/environment.ts';
import { logger } from './runtime/logger.ts';

const secret = awsConsoleSecret(() => variable('CONSOLE_SECRET_ARN'));

const app = createConsole({
  ports: {
    clock: systemClock,
    configuration,
    surroundings,
    table,
    executions: awsExecutions(accounts),
    forwarding: awsForwarding(accounts),
    functions: awsFunctions(accounts),
    groups: awsGroups(accounts),
    images: awsImages(accounts),
    notifications: awsNotifications(accounts, variable('TOPIC_ARN')),
    organization: awsOrganization(accounts),
    parameters: awsParameters(accounts),
    planStore: awsPlanStore(accounts, variable('PLAN_BUCKET')),
    stacks: awsStacks(accounts),
  },
  people: byGatewayToken(configuration),
  machines: byGatewaySignature,
  pages: {
    sessions: sessions(
      sealer(
        async () => (await secret()).sessionKey,
        () => new Date(),
      ),
      () => groupsNamed(configuration()),
    ),
    provider: identityProvider(() => ({
      oidc: configuration().console.oidc,
      clientSecret: async () => (await secret()).clientSecret,
    })),
    extras: null,
  },
  onError: ({ name, message }, path) =>
    logger.error('request failed', { path, errorName: name, errorMessage: message }),
});

/** Behind API Gateway, whose authorizers have verified the token or the signature of every request that comes here. */
// The package that is to replace this adapter in hono 5 is not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const handler = handle(app);
