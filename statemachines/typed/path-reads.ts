import type { AslState, ChoiceRule } from './asl.ts';

/** Every JSONPath in an expression: the expression itself, or the arguments of intrinsic functions. */
const pathsIn = (expression: string): string[] => {
  if (expression.startsWith('$')) return [expression];
  const withoutLiterals = expression.replace(/'(?:\\.|[^'\\])*'(?!\])/g, "''");
  return withoutLiterals.match(/\$(?:\['[^']*'\]|[^\s,()'])*/g) ?? [];
};

/** The paths that a payload template reads: the values of its `key.$` fields, at any depth. */
const templateReads = (template: unknown): string[] => {
  if (Array.isArray(template)) return template.flatMap(templateReads);
  if (typeof template !== 'object' || template === null) return [];
  return Object.entries(template).flatMap(([key, value]) =>
    key.endsWith('.$') && typeof value === 'string' ? pathsIn(value) : templateReads(value),
  );
};

/** The paths that a Choice rule reads; asking whether a path is present reads nothing. */
const ruleReads = (rule: ChoiceRule): string[] => [
  ...(rule.Variable === undefined || rule.IsPresent !== undefined ? [] : [rule.Variable]),
  ...Object.entries(rule).flatMap(([key, value]) => (key.endsWith('Path') && typeof value === 'string' ? [value] : [])),
  ...[...(rule.And ?? []), ...(rule.Or ?? []), ...(rule.Not === undefined ? [] : [rule.Not])].flatMap(ruleReads),
];

/** Fields like `SecondsPath` and `CausePath`, which read what they name; these three decide where data goes instead. */
const routing = new Set(['InputPath', 'OutputPath', 'ResultPath']);

/**
 * The paths a state reads before it does its work, relative to the state's input.
 *
 * `InputPath` narrows what Parameters and the others see. `ResultSelector` reads the result and `OutputPath` the
 * output: neither counts.
 */
export const stateReads = (state: AslState): string[] => {
  const inner = Object.entries(state).flatMap(([key, value]: [string, unknown]) => {
    if (['Parameters', 'ItemSelector', 'ItemReader', 'ResultWriter', 'ItemBatcher', 'Credentials'].includes(key)) {
      return templateReads(value);
    }
    return key.endsWith('Path') && !routing.has(key) && typeof value === 'string' ? pathsIn(value) : [];
  });
  const reads = [...inner, ...(state.Choices ?? []).flatMap(ruleReads)];
  const base = state.InputPath;
  return typeof base === 'string' ? [base, ...reads.map((read) => under(base, read))] : reads;
};

/** `path` as seen from outside of `base`. The context object (`$$`) is the same everywhere. */
const under = (base: string, path: string): string => (path.startsWith('$$') ? path : base + path.slice(1));
