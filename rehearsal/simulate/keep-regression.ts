import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ScenarioFile } from './scenario-file.ts';
import type { Violation } from './watch.ts';

/** Writes a scenario that has broken a rule where the tests run it from then on; gives the file's path. */
export const keepRegression = (folder: string, file: ScenarioFile, { rule, how }: Violation): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `seed-${file.seed}-rule-${rule}.yaml`);
  const { name, ...rest } = file;
  writeFileSync(path, stringify({ name, description: `Has broken rule ${rule}: ${how.slice(0, 300)}`, ...rest }));
  return path;
};
