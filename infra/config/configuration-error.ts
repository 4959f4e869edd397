import type * as z from 'zod';

/** One thing to mend: `rings[0].bakeMinutes`, and what is wrong there. */
export interface ConfigurationIssue {
  readonly path: string;
  readonly message: string;
}

const step = (path: string, key: PropertyKey): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = String(key);
  if (!/^[\w-]+$/.test(name)) return `${path}["${name}"]`;
  return path === '' ? name : `${path}.${name}`;
};

const pathOf = (keys: readonly PropertyKey[]): string => keys.reduce<string>(step, '');

const toIssues = (issue: z.core.$ZodIssue): readonly ConfigurationIssue[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: issue.message }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ path: pathOf(issue.path), message }));
  }
  return [{ path: pathOf(issue.path) || '(top level)', message: issue.message }];
};

/** The configuration is not valid; the message lists every issue as `path: message`, one a line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly sourceName: string;
  readonly issues: readonly ConfigurationIssue[];

  constructor(sourceName: string, issues: readonly ConfigurationIssue[], options?: ErrorOptions) {
    const lines = issues.map(({ path, message }) => `  ${path}: ${message}`);
    super(`${sourceName} is not a valid configuration:\n${lines.join('\n')}`, options);
    this.sourceName = sourceName;
    this.issues = issues;
  }

  /** From what zod has found. */
  static from(sourceName: string, error: z.ZodError): ConfigurationError {
    return new ConfigurationError(sourceName, error.issues.flatMap(toIssues), { cause: error });
  }
}
