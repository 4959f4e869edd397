import { ConfigurationError, defineRollout, mergeConfiguration, parseConfiguration } from '../../infra/config.ts';

/** A person with one identity. */
export const person = (name: string) => ({ id: name, oidc: [name] });
/** The least that a configuration must say. */
export const minimal = defineRollout({
  hub: { account: '111122223333', region: 'eu-west-1' },
  families: { 'al2023-base': {} },
  targets: { accounts: ['111122223333'], regions: ['eu-west-1'] },
  people: [person('ana'), person('ben')],
});

/** Each issue as `path: message`. */
export const issuesOf = (input: unknown): readonly string[] => {
  try {
    parseConfiguration(input);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
};
/** The issues of the minimal configuration with these overrides. */
export const issuesWith = (overrides: unknown): readonly string[] => issuesOf(mergeConfiguration(minimal, overrides));
