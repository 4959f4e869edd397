import { HUB_ACCOUNT, sessionKeyId } from './accounts.ts';
import { sdkRetry } from './model.ts';

/**
 * Gives the process the variables that every Lambda function has, so that clients without a region or credentials of
 * their own find them there and the SDK reads no files in the middle of virtual time. Returns what puts the old ones back.
 */
export const lambdaEnvironment = (region: string): (() => void) => {
  const wanted: Readonly<Record<string, string | undefined>> = {
    AWS_PROFILE: undefined,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: sessionKeyId(HUB_ACCOUNT, 0),
    AWS_SECRET_ACCESS_KEY: `${sessionKeyId(HUB_ACCOUNT, 0)}/secret`,
    AWS_SESSION_TOKEN: `${sessionKeyId(HUB_ACCOUNT, 0)}/session`,
    AWS_MAX_ATTEMPTS: process.env.AWS_MAX_ATTEMPTS ?? String(sdkRetry.maxAttempts),
  };
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const);
  const assign = (entries: Iterable<readonly [string, string | undefined]>): void => {
    for (const [name, value] of entries) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
  assign(Object.entries(wanted));
  return () => assign(before);
};
