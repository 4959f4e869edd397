import { parseDocument } from 'yaml';
import { describeIssues } from './describe-issues.ts';
import { type Scenario, scenarioSchema } from './scenario-schema.ts';

/** A scenario that cannot be read; the message has one line per complaint, each with its path. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/** Validates a scenario that is already an object, as tests and the CLI's options make them. */
export const scenarioOf = (value: unknown, sourceName: string): Scenario => {
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ScenarioError(`${sourceName}:\n${describeIssues(parsed.error, 'the scenario')}`);
};

/** Reads a scenario from YAML. `sourceName` is how messages call it. */
export const parseScenario = (text: string, sourceName: string): Scenario => {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new ScenarioError(`${sourceName}: ${error.message}`, { cause: error });
  return scenarioOf(document.toJS(), sourceName);
};
