import { readFileSync, readdirSync, statSync } from 'node:fs';
import { ScenarioError, parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario-schema.ts';

const shippedFolder = new URL('./shipped/', import.meta.url);

/** The names of the scenarios that come with the project. */
export const shippedScenarios = (): string[] =>
  readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/**
 * Loads a scenario by file path or by the name of a shipped one.
 *
 * @throws ScenarioError naming the shipped ones when there is neither
 */
export const loadScenario = (fileOrName: string): Scenario => {
  const names = shippedScenarios();
  const place = names.includes(fileOrName) ? new URL(`${fileOrName}.yaml`, shippedFolder) : fileOrName;
  const found = statSync(place, { throwIfNoEntry: false });
  if (found?.isFile() === true) return parseScenario(readFileSync(place, 'utf8'), fileOrName);
  if (found?.isDirectory() === true) throw new ScenarioError(`${fileOrName} is a folder: name a scenario file in it.`);
  throw new ScenarioError(`There is no scenario ${fileOrName}: neither a file nor one of ${names.join(', ')}.`);
};
