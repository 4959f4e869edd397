import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { type Scenario, scenarioSchema } from './scenario-schema.ts';

/** A scenario that cannot be read; the message has one line per complaint, each with its path. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

type Issue = z.core.$ZodIssue;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );

/** Of a union, the branch that the author meant: the one whose complaint is not about the whole value's type. */
const flatten = (issues: readonly Issue[], parent: readonly PropertyKey[] = []): string[] =>
  issues.flatMap((issue) => {
    const path = [...parent, ...issue.path];
    if (issue.code === 'invalid_union') {
      const meant = issue.errors.find(
        ([first]) => first !== undefined && !(first.code === 'invalid_type' && first.path.length === 0),
      );
      if (meant !== undefined) return flatten(meant, path);
      const types = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? first.expected : []));
      return `${pathOf(path)}: expected ${types.join(' or ')}`;
    }
    return `${pathOf(path) || '(the scenario)'}: ${issue.message}`;
  });

/** Validates a scenario that is already an object, as tests and the CLI's options make them. */
export const scenarioOf = (value: unknown, sourceName: string): Scenario => {
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ScenarioError(
    `${sourceName}:\n${flatten(parsed.error.issues)
      .map((line) => `  ${line}`)
      .join('\n')}`,
  );
};

/** Reads a scenario from YAML. `sourceName` is how messages call it. */
export const parseScenario = (text: string, sourceName: string): Scenario => {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new ScenarioError(`${sourceName}: ${error.message}`, { cause: error });
  return scenarioOf(document.toJS(), sourceName);
};
