import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultSchemas, type ResultName } from '../../scripts/assurance/results.ts';

/** Leaves what a test has found for `npm run assurance`, where that is what runs it. */
export const keepResult = (name: ResultName, result: unknown): void => {
  const folder = process.env['ASSURANCE_FOLDER'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(resultSchemas[name].parse(result), null, 2));
};
