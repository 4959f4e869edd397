import type { Command } from 'commander';
import { loadConfiguration } from '../load-configuration.ts';
import { UsageError } from '../usage-error.ts';

/** The options that every command has which talks to the API. */
export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Where the API is, and how requests to it are signed. */
export interface Connection {
  readonly endpoint: URL;
  /** Null: requests carry the token instead of a signature. */
  readonly region: string | null;
  readonly token: string | null;
}

/** Adds the options by which a command finds the API. */
export const withConnection = (command: Command): Command =>
  command
    .option(
      '--endpoint <url>',
      'where the API is (default: AMI_ROLLOUT_ENDPOINT, else console.url of the configuration)',
    )
    .option('--region <region>', 'region to sign for (default: as the URL says, else AWS_REGION)')
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .option('--json', 'print the answer of the API as JSON');

/** A variable of the environment; an empty one counts as none. */
const environment = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};

const configuredUrl = async (config: string | undefined): Promise<string | undefined> => {
  const { configuration } = await loadConfiguration(config);
  const { console: settings } = configuration as { readonly console?: { readonly url?: unknown } };
  return typeof settings?.url === 'string' ? settings.url : undefined;
};

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

const regionOf = (option: string | undefined, url: URL): string => {
  const inUrl = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(url.hostname)?.[1];
  const region = option ?? inUrl ?? environment('AWS_REGION') ?? environment('AWS_DEFAULT_REGION');
  if (region !== undefined) return region;
  throw new UsageError(`${url.hostname} does not say its region: give --region`);
};

/**
 * Where the API is: by option, else by environment, else by the configuration. With AMI_ROLLOUT_TOKEN requests go to
 * /api as the person of the token, else to /machine with the AWS credentials of the caller.
 *
 * @throws UsageError when none of them says it, or when it is no URL that secrets may be sent to
 */
export const connectionOf = async ({ endpoint, region, config }: ConnectionOptions): Promise<Connection> => {
  const given = endpoint ?? environment('AMI_ROLLOUT_ENDPOINT') ?? (await configuredUrl(config));
  if (given === undefined)
    throw new UsageError(
      'it is not known where the API is: give --endpoint, set AMI_ROLLOUT_ENDPOINT, or write the output ConsoleUrl of ' +
        'the hub stack into the configuration as console.url',
    );
  const url = URL.parse(given);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))))
    throw new UsageError(`'${given}' is no address of the API: it is an https URL, or http on this machine`);
  const token = environment('AMI_ROLLOUT_TOKEN') ?? null;
  return { endpoint: url, token, region: token === null ? regionOf(region, url) : null };
};
