import type * as z from 'zod';
import type { Configuration } from '../domain/configuration.ts';
import { ConfigurationError } from './config/configuration-error.ts';
import { rolloutSchema } from './config/schema.ts';
import { toConfiguration } from './config/to-configuration.ts';

export { ConfigurationError } from './config/configuration-error.ts';

export { mergeConfiguration } from './config/merge-configuration.ts';
export { rolloutSchema } from './config/schema.ts';

/** What `rollout.config.ts` may say; whatever has a default may be left out. */
export type RolloutInput = z.input<typeof rolloutSchema>;

/** Gives the options in `rollout.config.ts` their types while they are being written; checks nothing. */
export const defineRollout = (input: RolloutInput): RolloutInput => input;

/**
 * Checks a configuration and fills in its defaults. Throws a ConfigurationError with every issue found, each with its path.
 * `sourceName` is the file as the user knows it.
 */
export const parseConfiguration = (input: unknown, sourceName = 'rollout.config.ts'): Configuration => {
  const parsed = rolloutSchema.safeParse(input);
  if (!parsed.success) throw ConfigurationError.from(sourceName, parsed.error);
  return toConfiguration(parsed.data);
};
