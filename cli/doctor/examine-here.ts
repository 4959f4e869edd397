import type { Check } from '../../domain/doctor/check.ts';
import { ApiError, connect, type Client } from '../api/client.ts';
import { connectionOf, type ConnectionOptions } from '../api/connection.ts';

interface Identity {
  readonly identity: string;
  readonly person: string | null;
  readonly permissions: readonly string[];
}

/** API Gateway refuses signatures that are five minutes off. */
const mostSkewSeconds = 240;

const subject = 'here';
const ok = (check: string, says: string): Check => ({ subject, check, state: 'ok', says, mend: null });
const missing = (check: string, says: string, mend: string): Check => ({
  subject,
  check,
  state: 'missing',
  says,
  mend,
});
const warning = (check: string, says: string, mend: string): Check => ({
  subject,
  check,
  state: 'warning',
  says,
  mend,
});

/** Whether the API can be reached at all, and how far this machine's clock is from its. */
const reach = async (endpoint: URL): Promise<readonly Check[]> => {
  const url = new URL('/openapi.json', endpoint);
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(20_000) });
    await response.body?.cancel();
    if (!response.ok)
      return [
        missing('API', `${url.host} answers ${response.status}`, 'compare the address with the output ConsoleUrl'),
      ];
    const theirs = Date.parse(response.headers.get('date') ?? '');
    const skew = Number.isNaN(theirs) ? null : Math.round((Date.now() - theirs) / 1000);
    return [
      ok('API', `${url.host} answers`),
      skew === null
        ? warning('clock', 'the API does not say what time it is', 'set the clock by NTP if signatures are refused')
        : Math.abs(skew) > mostSkewSeconds
          ? missing('clock', `this machine's clock is ${skew} s off: signatures are refused`, 'set the clock (NTP)')
          : ok('clock', `${Math.abs(skew)} s off at most`),
    ];
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error && cause.message !== '' ? cause.message : message;
    return [missing('API', `${url.host} cannot be reached: ${why}`, 'look at the address, the network and the proxy')];
  }
};

/** Who the API takes us for: that the credentials are there, good, and of somebody who may do something. */
const credentials = async (client: Client): Promise<readonly Check[]> => {
  try {
    const { identity, person, permissions } = await client.call<Identity>('GET', '/me');
    return [
      ok('credentials', identity),
      person === null
        ? warning(
            'person',
            'the configuration knows nobody by this identity: it cannot approve, and what it starts needs two approvals',
            'add it under `people` (iam or oidc) and deploy the hub',
          )
        : ok('person', person),
      permissions.length === 0
        ? missing('permissions', 'none', 'name the person, group or principal under console.access and deploy the hub')
        : ok('permissions', permissions.join(', ')),
    ];
  } catch (error) {
    const { name, message, status } = error as Error & { readonly status?: number };
    if (!(error instanceof ApiError) && name !== 'UsageError') throw error;
    return [
      missing(
        'credentials',
        message,
        status === 401
          ? 'get a new token, or sign with AWS credentials'
          : 'log in (`aws sso login`), choose a profile (AWS_PROFILE), or set AMI_ROLLOUT_TOKEN',
      ),
    ];
  }
};

/** What can be told from this machine; with the client where it is worth asking on. */
export const examineHere = async (
  options: ConnectionOptions,
): Promise<{ readonly checks: readonly Check[]; readonly client: Client | null }> => {
  let endpoint: URL;
  let client: Client;
  try {
    ({ endpoint } = await connectionOf(options));
    client = await connect(options);
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'UsageError' && name !== 'ConfigurationError') throw error;
    const [first = '', ...rest] = message.split(': ');
    return { checks: [missing('address', first, rest.join(': ') || 'give --endpoint')], client: null };
  }
  const reached = await reach(endpoint);
  if (reached.some(({ check, state }) => check === 'API' && state === 'missing'))
    return { checks: reached, client: null };
  const known = await credentials(client);
  const usable = known.every(({ state }) => state !== 'missing');
  return { checks: [...reached, ...known], client: usable ? client : null };
};
