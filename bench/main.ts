import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prices } from '../rehearsal/report/prices.ts';
import { generateFleet } from '../rehearsal/scenario/generate-fleet.ts';
import { scenarioOf } from '../rehearsal/scenario/parse-scenario.ts';
import { seededRandom } from '../rehearsal/scenario/random.ts';
import { measureBundles } from './bundles/measure-bundles.ts';
import { median } from './bundles/median.ts';
import { middyOverhead } from './bundles/middy-overhead.ts';
import { compareCosts } from './cost/compare.ts';
import type { Work } from './cost/work.ts';
import { keptFile, keptOf } from './kept.ts';
import { ownProcess } from './own-process.ts';
import { answerOf } from './rehearsals/answer.ts';
import { discoveryOf } from './rehearsals/discovery.ts';
import { callsPerStack, figuresOf } from './rehearsals/figures.ts';
import { dryRun, fleetOf, promoted, promotedAgain, refused, rejected } from './rehearsals/fleets.ts';
import { growthExponent } from './rehearsals/growth.ts';
import type { Measured } from './rehearsals/measured.ts';
import { render } from './render.ts';
import type { BenchResult, SizedRun, StartOverHttp } from './result.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});
if (values.quick && values.keep) throw new Error('--keep is for the whole bench: leave --quick out');
const sizes = values.quick ? [20, 60, 200] : [100, 1_000, 10_000];
const rounds = values.quick ? 3 : 15;
const largest = sizes.at(-1) ?? 0;
const say = (what: string) => process.stderr.write(`${what} …\n`);

/** As `npm start` has it: room for young objects, and compiled modules kept from one start to the next. */
const asStarted = {
  env: { ...process.env, NODE_COMPILE_CACHE: fileURLToPath(new URL('../.cache/compile', import.meta.url)) },
  flags: ['--max-semi-space-size=32'],
};

const measure = (scenario: object, eventsFile?: string): Measured =>
  ownProcess(
    'rehearsals/measure.ts',
    [JSON.stringify(scenario), ...(eventsFile === undefined ? [] : [eventsFile])],
    asStarted.env,
    asStarted.flags,
  ) as Measured;

/** The event log of a rehearsal, as text. */
const logOf = (scenario: object): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-bench-'));
  try {
    const events = join(folder, 'events.jsonl');
    measure(scenario, events);
    return readFileSync(events, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The updates of the very fleet that was rehearsed. */
const workOf = (stacks: number): Work => {
  const scenario = scenarioOf(promoted(stacks), 'the bench');
  const fleet = generateFleet(scenario, seededRandom(scenario.seed).fork('fleet'));
  return { updateSeconds: fleet.stacks.map(({ updateMinutes }) => updateMinutes * 60) };
};

const sized = (stacks: number, scenario: object, pages: number): SizedRun => {
  const run = measure(scenario);
  return {
    stacks,
    outcome: run.outcome,
    figures: figuresOf(run, stacks, pages),
    calls: callsPerStack(run, stacks),
    run,
  };
};

say('synthesis');
const synths = Array.from({ length: values.quick ? 1 : 3 }, () => ownProcess('synth/measure.ts', [])) as {
  importMs: number;
  definitionsMs: number;
  withBundlesMs: number;
}[];
const synth = {
  importMs: median(synths.map(({ importMs }) => importMs)),
  definitionsMs: median(synths.map(({ definitionsMs }) => definitionsMs)),
  withBundlesMs: median(synths.map(({ withBundlesMs }) => withBundlesMs)),
};

const discovery = [
  { fleet: `${largest.toLocaleString('en-US')} stacks in 400 targets`, stacks: fleetOf(largest) },
  {
    fleet: `${values.quick ? '100' : '2,000'} stacks in one target`,
    stacks: { accounts: 1, regions: ['eu-west-1'], stacks: values.quick ? 100 : 2_000 },
  },
].map(({ fleet, stacks }) => (say(`discovery of ${fleet}`), { fleet, ...discoveryOf(logOf(dryRun(stacks))) }));
say('start');
const answerMs = answerOf(logOf(refused(largest)));
const overHttp = ownProcess('rehearsals/measure-start.ts', [JSON.stringify(refused(largest))]) as StartOverHttp;
if (overHttp.statusCode !== 202) throw new Error(`the start over HTTP was refused: ${JSON.stringify(overHttp)}`);
/** One page of the listing for each target: none has more than a hundred stacks. */
const pages = 400;

const runs = sizes.map((stacks) => (say(`rehearsal of ${stacks} stacks`), sized(stacks, promoted(stacks), pages)));
say(`rehearsal of ${largest} stacks whose times are on record`);
const again = sized(largest, promotedAgain(largest), pages);
say(`rehearsal of ${largest} stacks with a rejected full ring`);
const restored = sized(largest, rejected(largest), pages);
const [first] = runs;
const growth = Object.fromEntries(
  (Object.keys(first?.figures ?? {}) as (keyof SizedRun['figures'])[]).map((figure) => [
    figure,
    growthExponent(runs.map(({ stacks, figures }) => ({ stacks, value: figures[figure] }))),
  ]),
);
const last = runs.at(-1);
if (last === undefined) throw new Error('no size was measured');

say('bundles');
const result: BenchResult = {
  at: new Date().toISOString(),
  node: process.version,
  pricesAsOf: prices.asOf,
  runs,
  again,
  restored,
  growth,
  discovery,
  answerMs,
  httpAnswerMs: overHttp.milliseconds,
  costs: { stacks: largest, ways: compareCosts(last.run.billed, workOf(largest)) },
  restoredCost: compareCosts(restored.run.billed, workOf(largest))[0]?.totalUsd ?? 0,
  ...measureBundles(rounds),
  middyMicroseconds: await middyOverhead(),
  synth,
};
const file = fileURLToPath(new URL('../.cache/bench.json', import.meta.url));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
if (values.keep) writeFileSync(keptFile, `${JSON.stringify(keptOf(result), null, 2)}\n`);
console.log(render(result));
console.log(`\nAs JSON: ${file}`);
if (values.keep) console.log('Kept for docs/scale.md: `npm run docs` writes it.');
