import type { Configuration } from '../domain/configuration.ts';

/** The functions or machines that are asked as custom gates. */
export const gateArns = (
  { gates }: Pick<Configuration, 'gates'>,
  ...kinds: readonly ('function' | 'stateMachine')[]
): readonly string[] =>
  gates.custom.flatMap(({ asks }) => (asks.kind !== 'boot' && kinds.includes(asks.kind) ? asks.arn : []));
