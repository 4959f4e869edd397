import { loadConfiguration } from '../load-configuration.ts';
import { UsageError } from '../usage-error.ts';

/** A function URL of the product, and how people name it. */
export interface FunctionUrlName {
  /** The environment variable that may say it. */
  readonly variable: string;
  /** The section of the configuration whose `url` may say it. */
  readonly section: string;
  readonly functionName: string;
  /** What it is the URL of. */
  readonly what: string;
}

/** A variable of the environment; an empty one counts as none. */
const environment = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};

const configuredUrl = async (section: string, config: string | undefined): Promise<string | undefined> => {
  const { configuration } = await loadConfiguration(config);
  const { url } = (configuration as Readonly<Record<string, { readonly url?: unknown } | undefined>>)[section] ?? {};
  return typeof url === 'string' ? url : undefined;
};

/**
 * Where requests are sent: the option, else the environment, else the configuration.
 *
 * @throws UsageError when none of them says it, or when it is no URL
 */
export const functionUrl = async (
  { variable, section, functionName, what }: FunctionUrlName,
  option: string | undefined,
  config: string | undefined,
): Promise<URL> => {
  const given = option ?? environment(variable) ?? (await configuredUrl(section, config));
  if (given === undefined)
    throw new UsageError(
      `the URL of the ${what} is not known: give --url, or set ${variable}.\n` +
        `It is the function URL of ${functionName} in the tooling account:\n` +
        `  aws lambda get-function-url-config --function-name ${functionName} --query FunctionUrl`,
    );
  const url = URL.parse(given);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new UsageError(`'${given}' is no URL of ${what}: it looks like https://<id>.lambda-url.<region>.on.aws/`);
};

/**
 * The region to sign for: the option, else the one in the URL, else the environment's.
 *
 * @throws UsageError when none of them says it
 */
export const signingRegion = (option: string | undefined, url: URL): string => {
  const inUrl = /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/.exec(url.hostname)?.[1];
  const region = option ?? inUrl ?? environment('AWS_REGION') ?? environment('AWS_DEFAULT_REGION');
  if (region !== undefined) return region;
  throw new UsageError(`${url.hostname} does not say its region: give --region`);
};
