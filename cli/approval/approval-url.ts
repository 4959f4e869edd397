import { loadConfiguration } from '../load-configuration.ts';
import { UsageError } from '../usage-error.ts';

const variable = 'AMI_ROLLOUT_APPROVAL_URL';

/** A variable of the environment; an empty one counts as none. */
const environment = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};

/** `approval.url` of a configuration file. */
const configuredUrl = async (config: string | undefined): Promise<string | undefined> => {
  const { configuration } = await loadConfiguration(config);
  const { approval } = configuration as { readonly approval?: { readonly url?: unknown } };
  return typeof approval?.url === 'string' ? approval.url : undefined;
};

/**
 * Where approvals are sent: the option, else the environment, else the configuration.
 *
 * @throws UsageError when none of them says it, or when it is no URL
 */
export const approvalUrl = async (option: string | undefined, config: string | undefined): Promise<URL> => {
  const given = option ?? environment(variable) ?? (await configuredUrl(config));
  if (given === undefined)
    throw new UsageError(
      `the URL of the approvals is not known: give --url, or set ${variable}.\n` +
        'It is the function URL of ami-rollout-decide-approval in the tooling account:\n' +
        '  aws lambda get-function-url-config --function-name ami-rollout-decide-approval --query FunctionUrl',
    );
  const url = URL.parse(given);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new UsageError(`'${given}' is no URL of approvals: it looks like https://<id>.lambda-url.<region>.on.aws/`);
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
