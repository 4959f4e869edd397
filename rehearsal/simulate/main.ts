import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { availableParallelism, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { keepRegression } from './keep-regression.ts';
import { generateScenario } from './generate.ts';
import { allRules } from './rules/all-rules.ts';
import { runSeeds } from './run-seeds.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    /** Where scenarios that break a rule are kept; `npm test` runs those in the default folder. */
    out: {
      type: 'string',
      default: fileURLToPath(new URL('../../test/rehearsal/simulate/regressions', import.meta.url)),
    },
    /** Where the counts go, as JSON. */
    json: { type: 'string' },
    'no-shrink': { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const whole = (option: 'seeds' | 'from' | 'threads'): number => {
  const value = Number(values[option]);
  if (Number.isSafeInteger(value) && value >= (option === 'from' ? 0 : 1)) return value;
  console.error(`--${option} ${values[option]} is not a whole number: give one, such as --${option} 2`);
  process.exit(2);
};

const count = (counts: Map<string, number>, key: string, by = 1): void =>
  void counts.set(key, (counts.get(key) ?? 0) + by);

const from = whole('from');
const seeds = whole('seeds');
const threads = whole('threads');
const outcomes = new Map<string, number>();
const faults = new Map<string, number>();
const checks = new Map<string, number>();
const loadBefore = loadavg()[0] ?? 0;
const began = performance.now();
let done = 0;
let violated = 0;

await runSeeds({
  from,
  seeds,
  threads,
  shrinks: !values['no-shrink'],
  onResult: ({ seed, outcome, violations, smallest, ...result }) => {
    done += 1;
    count(outcomes, outcome);
    for (const kind of result.faults) count(faults, kind);
    for (const [rule, times] of Object.entries(result.checks)) count(checks, rule, times);
    if (values.verbose) console.log(`seed ${seed}: ${outcome}`);
    const [first] = violations;
    if (first === undefined) return false;
    violated += 1;
    for (const { rule, atMinutes, how } of violations.slice(0, 5))
      console.log(`seed ${seed}: rule ${rule}, minute ${atMinutes}: ${how}`);
    const path = keepRegression(values.out, smallest ?? generateScenario(seed), first);
    console.log(`seed ${seed}: the smallest scenario found that breaks rule ${first.rule} is kept in ${path}`);
    return values.first;
  },
});

const seconds = Math.round((performance.now() - began) / 100) / 10;
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  const sorted = (counts: Map<string, number>) => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  const rules = allRules.map(({ number, says }) => ({ number, says, checks: checks.get(String(number)) ?? 0 }));
  const result = { from, seeds: done, violations: violated, outcomes: sorted(outcomes), faults: sorted(faults), rules };
  const machine = { threads, seconds, loadBefore: Math.round(loadBefore * 10) / 10 };
  writeFileSync(values.json, `${JSON.stringify({ ...result, ...machine }, null, 2)}\n`);
}
console.log([...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(' · '));
console.log(`${seconds} s on ${threads} ${threads === 1 ? 'thread' : 'threads'}`);
console.log(`${done} seeds, ${violated} violations`);
process.exitCode = violated > 0 ? 1 : 0;
