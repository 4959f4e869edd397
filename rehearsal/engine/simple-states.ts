import type { AslState } from './asl.ts';
import { choiceRule } from './choice-rule.ts';
import { Template } from './data-flow.ts';
import { Evaluator } from './evaluator.ts';
import { pathFields, withOwnContext } from './interpreter-paths.ts';
import { plainPath } from './plain-path.ts';
import type { Execute } from './state-graph.ts';
import { StatesError } from './states-error.ts';

const PATHS = ['InputPath', 'Parameters', 'ResultPath', 'OutputPath'] as const;

/** A Pass state. The interpreter overlooks a Result of `null`, `false`, `0` or `""`; as Parameters it sees it. */
export function passState(name: string, state: AslState): Execute {
  const fields = pathFields(state, PATHS);
  if (Object.keys(fields).length === 0 && state.Result === undefined)
    return ({ input }) => Promise.resolve({ output: input, next: state.Next });
  const result =
    state.Result === undefined ? {} : state.Result ? { Result: state.Result } : { Parameters: state.Result };
  const evaluator = new Evaluator(name, { Type: 'Pass', ...fields, ...result, End: true });
  return async ({ input, context }) => ({ output: await evaluator.evaluate(input, context), next: state.Next });
}

/** A Succeed state. */
export function succeedState(name: string, state: AslState): Execute {
  const fields = pathFields(state, PATHS);
  if (Object.keys(fields).length === 0) return ({ input }) => Promise.resolve({ output: input, next: undefined });
  const evaluator = new Evaluator(name, { Type: 'Succeed', ...fields });
  return async ({ input, context }) => ({ output: await evaluator.evaluate(input, context), next: undefined });
}

/** A Wait state: the interpreter's timer, which the virtual clock has replaced. */
export function waitState(name: string, state: AslState): Execute {
  const evaluator = new Evaluator(name, { ...state, ...pathless, ...pathFields(state, PATHS), End: true });
  return async ({ input, context, flow }) => {
    const { result, abort } = evaluator.start(input, context);
    const stay = flow.cancellation.onCancel(abort);
    try {
      return { output: await result, next: state.Next };
    } finally {
      stay();
    }
  };
}

/** A Fail state. Resolved as a template, since ErrorPath and CausePath may hold intrinsic functions. */
export function failState(name: string, { Error: error, ErrorPath, Cause: cause, CausePath }: AslState): Execute {
  const template = new Template(name, {
    ...(ErrorPath === undefined ? { error: error ?? '' } : { 'error.$': ErrorPath }),
    ...(CausePath === undefined ? { cause: cause ?? '' } : { 'cause.$': CausePath }),
  });
  return async ({ input, context }) => {
    const resolved = (await template.resolve(input, context)) as { error: unknown; cause: unknown };
    if (typeof resolved.error === 'string' && typeof resolved.cause === 'string') {
      throw new StatesError(resolved.error, resolved.cause);
    }
    throw new StatesError('States.Runtime', `Error and Cause of the state '${name}' must be strings.`);
  };
}

/**
 * The way out of a choice between texts, read directly as most choices can be; undefined where the interpreter has to
 * decide: other comparisons, values that are not there or are no text.
 */
function plainChoice({
  Choices = [],
  Default,
  ...fields
}: AslState): ((input: unknown, context: unknown) => unknown) | undefined {
  if ('InputPath' in fields || 'OutputPath' in fields) return undefined;
  const rules = withOwnContext(Choices).map(({ Variable, StringEquals, Next, ...others }) => {
    const read = typeof Variable === 'string' ? plainPath(Variable) : undefined;
    const isPlain = read && typeof StringEquals === 'string' && Next !== undefined && Object.keys(others).length === 0;
    return isPlain ? { read, StringEquals, Next } : undefined;
  });
  if (rules.some((rule) => rule === undefined)) return undefined;
  return (input, context) => {
    for (const rule of rules) {
      const value = rule?.read(input, context);
      if (typeof value !== 'string') return undefined;
      if (value === rule?.StringEquals) return rule.Next;
    }
    return Default;
  };
}

/** A Choice state. Each way out leads the interpreter to a Pass that yields the way's name. */
export function choiceState(name: string, state: AslState): Execute {
  const rules = (state.Choices ?? []).map(choiceRule);
  const targets = [...rules.map(({ Next }) => Next), state.Default].filter((target) => target !== undefined);
  const choice = {
    Type: 'Choice',
    ...pathFields(state, ['InputPath']),
    Choices: rules.map((rule) => ({ ...rule, Next: exit(rule.Next ?? '') })),
    ...(state.Default !== undefined && { Default: exit(state.Default) }),
  };
  const exits = targets.map((target) => [exit(target), { Type: 'Pass', Result: { next: target }, End: true }]);
  const evaluator = new Evaluator(name, choice, Object.fromEntries(exits) as Record<string, object>);
  const output = succeedState(name, state);
  const plain = plainChoice(state);
  return async (visit) => {
    const way = plain?.(visit.input, visit.context);
    if (typeof way === 'string') return { output: visit.input, next: way };
    const { next } = (await evaluator.evaluate(visit.input, visit.context)) as { next: string };
    return { output: (await output(visit)).output, next };
  };
}

const exit = (target: string) => `to ${target}`;
const pathless = { InputPath: undefined, OutputPath: undefined };
