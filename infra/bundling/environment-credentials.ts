import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles. Lambda hands a function its role's credentials in the
 * environment; the SDK's own chain also carries the ways of files, containers, instances and single sign-on, 90 KB in each
 * bundle that no function can use.
 * {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime}
 */
export const defaultProvider = fromEnv;
