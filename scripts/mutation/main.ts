import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { areas } from './areas.ts';
import { scoreOf, scoresOf, type FileScore } from './score.ts';
import { settings } from './settings.ts';

// `npm run mutation`: changes the rules that matter most, one operator or constant at a time; a test has to fail each time.
const { values } = parseArgs({
  options: {
    /** Names of areas, separated by commas. Default: all. */
    only: { type: 'string' },
    /** Files of the area instead of all of them, separated by commas; needs one area. */
    files: { type: 'string' },
    /** Where the scores go, as JSON. */
    json: { type: 'string' },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

const wanted = values.only?.split(',') ?? Object.keys(areas);
const fail = (problem: string): never => {
  console.error(problem);
  process.exit(2);
};
if (values.files !== undefined && wanted.length !== 1)
  fail('--files needs the area whose tests are asked: add --only with one name');

const scores: FileScore[] = [];
for (const name of wanted) {
  const area = areas[name] ?? fail(`--only ${name}: there is no such area, only ${Object.keys(areas).join(', ')}`);
  console.log(`── ${name}`);
  // Below `thresholds.break` it sets the exit code to 1, for each area alone.
  const faults = await new Stryker({
    ...settings,
    mutate: values.files?.split(',') ?? [...area.mutate],
    jest: { ...settings.jest, config: { testMatch: area.tests.map((pattern) => `<rootDir>/${pattern}`) } },
    jsonReporter: { fileName: `.cache/mutation/${name}.json` },
  }).runMutationTest();
  scores.push(...scoresOf(faults.map(({ fileName, status }) => ({ fileName: relative(root, fileName), status }))));
}
for (const score of scores) console.log(`${scoreOf(score).toFixed(2).padStart(6)} %  ${score.file}`);
if (scores.length === 0) fail('no file was changed: look at the areas and --files');
if (values.json !== undefined) {
  const file = resolve(values.json);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ least: settings.thresholds.break, files: scores }, null, 2)}\n`);
}
