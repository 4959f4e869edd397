import { readFileSync } from 'node:fs';

/** The feature flags of `cdk.json`, which the CLI would pass: without them another template would come out. */
export const featureFlags = (): Record<string, unknown> => {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return context;
};
