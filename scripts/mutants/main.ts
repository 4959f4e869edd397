import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readMutants, type Mutant } from './mutants.ts';
import { Workshop } from './workshop.ts';

// `npm run mutants`: puts one deliberate fault after the other into a copy of the product and looks who finds it.
const { values } = parseArgs({
  options: {
    /** Part of the names of those to try. */
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '60' },
    /** The seed to begin with. */
    from: { type: 'string', default: '1' },
    /** Without the tests: what the simulation finds alone. */
    simulation: { type: 'boolean', default: false },
    /** The tests and the simulation, each alone. */
    both: { type: 'boolean', default: false },
    /** Copies of the product that are worked on at the same time. */
    workers: { type: 'string', default: String(availableParallelism()) },
    /** Where the findings go, as JSON. */
    json: { type: 'string' },
  },
});

/** Who finds it: each is asked alone, the simulation only where the tests have not, unless both are asked for. */
interface Finding {
  readonly name: string;
  readonly byTests: boolean | null;
  readonly bySimulation: string | null;
  /** Why the simulation cannot see it, where that is known. */
  readonly unseen: string | null;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const seeds = { from: Number(values.from), seeds: Number(values.seeds) };

const findingOf = (workshop: Workshop, mutant: Mutant): Promise<Finding> =>
  workshop.with(mutant, async () => {
    const byTests = values.simulation ? null : await workshop.testsFind(mutant.tests);
    const asksSimulation = byTests !== true || values.both;
    const bySimulation = asksSimulation ? await workshop.simulationFinds(seeds, mutant.seed) : null;
    return { name: mutant.name, byTests, bySimulation, unseen: mutant.unseen ?? null };
  });

const isKilled = ({ byTests, bySimulation }: Finding): boolean => byTests === true || bySimulation !== null;

const mutants = readMutants(join(root, 'test', 'mutants', 'mutants.yaml')).filter(({ name }) =>
  name.includes(values.only),
);
const found = new Map<string, Finding>();
const queue = [...mutants];
const work = async (): Promise<void> => {
  using workshop = new Workshop(root);
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const began = performance.now();
    const finding = await findingOf(workshop, mutant);
    found.set(mutant.name, finding);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `${isKilled(finding) ? 'killed  ' : 'SURVIVED'}  ${seconds.padStart(4)} s  ${finding.byTests === true ? 'tests' : '     '}  ${mutant.name.padEnd(78)}  ${finding.bySimulation ?? ''}`,
    );
  }
};
await Promise.all(Array.from({ length: Math.min(Number(values.workers), mutants.length) }, work));

const findings = mutants.flatMap(({ name }) => found.get(name) ?? []);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ seeds: seeds.seeds, mutants: findings }, null, 2)}\n`);
}
const survived = findings.filter((finding) => !isKilled(finding)).length;
const alone = findings.filter(({ bySimulation }) => bySimulation !== null).length;
if (values.both || values.simulation) console.log(`${alone} found by the simulation alone`);
console.log(`${mutants.length} mutants, ${survived} survived`);
process.exitCode = survived > 0 || mutants.length === 0 ? 1 : 0;
