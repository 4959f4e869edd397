import { handle } from 'hono/aws-lambda';
import { systemClock } from '../adapters/aws/clock.ts';
import { awsConsoleSecret } from '../adapters/aws/console-secret.ts';
import { createConsole } from '../console/app.ts';
import { byGatewaySignature, byGatewayToken } from '../console/auth/gateway.ts';
import { identityProvider } from '../console/auth/provider.ts';
import { sealer } from '../console/auth/sealed.ts';
import { groupsNamed, sessions } from '../console/auth/session.ts';
import { sessions as accounts, table } from './runtime/connections.ts';
import { consolePorts } from './runtime/console-ports.ts';
import { configuration, machines, surroundings, variable } from './runtime/environment.ts';
import { logger } from './runtime/logger.ts';

const secret = awsConsoleSecret(() => variable('CONSOLE_SECRET_ARN'));

const app = createConsole({
  ports: consolePorts({ clock: systemClock, configuration, surroundings, table }, accounts),
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
    machines,
    extras: null,
  },
  onError: ({ name, message }, path) =>
    logger.error('request failed', { path, errorName: name, errorMessage: message }),
});

/** Behind API Gateway, whose authorizers have verified the token or the signature of every request that comes here. */
// The package that is to replace this adapter in hono 5 is not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const handler = handle(app);
