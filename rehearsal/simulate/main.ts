import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import configuration from '../../rollout.config.ts';
import { generateScenario, type ScenarioFile } from './generate.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    out: { type: 'string', default: '.cache/simulation' },
    'no-shrink': { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const whole = (option: 'seeds' | 'from'): number => {
  const value = Number(values[option]);
  if (Number.isSafeInteger(value) && value >= (option === 'seeds' ? 1 : 0)) return value;
  console.error(`--${option} ${values[option]} is not a whole number: give one, such as --${option} 200`);
  process.exit(2);
};

const seeds = whole('seeds');
const from = whole('from');
const outcomes = new Map<string, number>();
let violated = 0;

for (let seed = from; seed < from + seeds; seed += 1) {
  const file = generateScenario(seed);
  const { outcome, violations } = await simulate(file, configuration);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (values.verbose) console.log(`seed ${seed}: ${outcome}`);
  const [first] = violations;
  if (first === undefined) continue;
  violated += 1;
  for (const { rule, atMinutes, how } of violations.slice(0, 5))
    console.log(`seed ${seed}: rule ${rule}, minute ${atMinutes}: ${how}`);
  const fails = async (candidate: ScenarioFile): Promise<boolean> => {
    const again = await simulate(candidate, configuration).catch(() => ({ violations: [] }));
    return again.violations.some(({ rule }) => rule === first.rule);
  };
  const smallest = values['no-shrink'] ? file : await shrink(file, fails);
  mkdirSync(values.out, { recursive: true });
  const path = join(values.out, `seed-${seed}.yaml`);
  writeFileSync(path, stringify(smallest));
  console.log(`seed ${seed}: ${path} is the smallest scenario found that breaks rule ${first.rule}`);
  if (values.first) break;
}

console.log([...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(' · '));
console.log(`${seeds} seeds, ${violated} violations`);
process.exitCode = violated > 0 ? 1 : 0;
