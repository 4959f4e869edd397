import { scoreOf } from '../mutation/score.ts';
import type { Assurance } from './results.ts';

type Result<Name extends keyof Assurance> = NonNullable<Assurance[Name]>['result'];

const number = (value: number): string => value.toLocaleString('en-US');

const cell = (value: string | number): string =>
  typeof value === 'number' ? number(value) : value.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const simulation = ({
  from,
  seeds,
  violations,
  outcomes,
  faults,
  rules,
  ...machine
}: Result<'simulation'>): string[] => [
  `${number(seeds)} random scenarios (seeds ${from} to ${from + seeds - 1}), ${number(violations)} with a broken rule; ${machine.seconds} s on ${machine.threads} threads, with a load of ${machine.loadBefore} before.`,
  table(['Ended as', 'Campaigns'], Object.entries(outcomes)),
  'How often each kind of fault was planted:',
  table(['Fault', 'Times'], Object.entries(faults)),
  'How often each rule was held against what happened:',
  table(
    ['Rule', 'Says', 'Looked at'],
    rules.map((rule) => [String(rule.number), rule.says, rule.checks]),
  ),
];

const scenarios = (of: Result<'scenarios'>): string[] => [
  `${number(of.scenarios)} scenarios, in ${number(of.breakdowns)} of which one task breaks down for good, visit ${number(of.visited)} of ${number(of.places)} states and Catches of the campaign and the restore, forward and back.`,
  ...(of.unvisited.length === 0
    ? []
    : [
        'Not visited:',
        table(
          ['State or Catch', 'Why'],
          of.unvisited.map(({ place, because }) => [place, because]),
        ),
      ]),
];

const permissions = (of: Result<'scenarios'>): string[] => [
  `The same scenarios make ${number(of.calls)} uses of rights, which come to ${number(of.questions)} different questions to IAM about ${number(of.actions)} actions; the synthesized policies allow ${number(of.allowed)} of them.`,
  'Rights that no scenario uses, and why they are kept:',
  table(
    ['Why', 'Rights', 'Actions'],
    of.surplus.map(({ because, rights }) => [
      because,
      Object.values(rights).flat().length,
      Object.keys(rights)
        .map((action) => `\`${action}\``)
        .join(', '),
    ]),
  ),
];

const secondInterpreter = ({ paths }: Result<'second-interpreter'>): string[] => [
  'Paths on which both interpreters have visited the same states with the same inputs:',
  table(
    ['Path', 'States', 'Inputs of tasks'],
    paths.map(({ path, states, tasks }) => [path, states, tasks]),
  ),
];

const yes = (found: boolean | null): string => (found === null ? 'not asked' : found ? 'found' : '**not found**');

const mutants = ({ seeds, mutants: list }: Result<'mutants'>): string[] => {
  const survived = list.filter(({ byTests, bySimulation }) => byTests !== true && bySimulation === null);
  const alone = list.filter(({ bySimulation }) => bySimulation !== null);
  return [
    `${number(list.length)} deliberate faults in the product, one at a time: ${number(list.length - survived.length)} killed, ${number(survived.length)} survived. The tests of the place are asked, and the simulation alone: it finds ${number(alone.length)} of them, at a seed that is known for the fault or within ${number(seeds)} others. Many of the rest have to get past a second check that stands behind the first; the last column says so where it is known.`,
    table(
      ['Fault', 'Tests of the place', 'Simulation alone', 'Why the simulation does not see it'],
      list.map(({ name, byTests, bySimulation, unseen }) => [
        name,
        yes(byTests),
        bySimulation ?? 'not found',
        bySimulation === null ? (unseen ?? '') : '',
      ]),
    ),
  ];
};

const mutation = ({ least, files }: Result<'mutation'>): string[] => {
  const sum = (of: 'killed' | 'survived' | 'uncovered'): number => files.reduce((total, file) => total + file[of], 0);
  const all = { killed: sum('killed'), survived: sum('survived'), uncovered: sum('uncovered') };
  return [
    `Stryker changes one operator or constant at a time, and only the tests beside the file are asked: ${number(all.killed)} of ${number(all.killed + all.survived + all.uncovered)} changes make a test fail, ${scoreOf(all)} %. Each area has to reach ${least} %. Constants of a module are not changed.`,
    table(
      ['File', 'Killed', 'Survived', 'No test', '%'],
      files.map((file) => [`\`${file.file}\``, file.killed, file.survived, file.uncovered, scoreOf(file)]),
    ),
  ];
};

const load = ({ runs }: Result<'load'>): string[] => [
  table(
    ['Load', 'Result', 'Seconds'],
    runs.map(({ what, result, seconds }) => [what, result, seconds]),
  ),
];

const section = <R>(
  title: string,
  stamped:
    | { readonly at: string; readonly commit: string; readonly seconds?: number | undefined; readonly result: R }
    | undefined,
  body: (result: R) => readonly string[],
): readonly string[] =>
  stamped === undefined
    ? [`## ${title}`, 'Has not run.']
    : [
        `## ${title}`,
        ...body(stamped.result),
        `From ${stamped.at.slice(0, 16).replace('T', ' ')} UTC, at commit \`${stamped.commit}\`${stamped.seconds === undefined ? '' : `, in ${number(stamped.seconds)} s`}.`,
      ];

/** The page, made of what the runs have left; nothing in it is written by hand. */
export const renderAssurance = (of: Assurance): string =>
  [
    '<!-- Written by `npm run assurance` from docs/assurance.json: change neither by hand. -->',
    '# Assurance',
    'What was run to see that ami-rollout does what it says, and what came of it. `npm run assurance` runs all of it again and writes this page; `npm run assurance -- --only simulation,load` a part of it, and `npm run assurance -- --resume` what has not run at this commit.',
    ...section('Simulation', of.simulation, simulation),
    ...section('States covered', of.scenarios, scenarios),
    ...section('Permissions', of.scenarios, permissions),
    ...section('Second interpreter', of['second-interpreter'], secondInterpreter),
    ...section('Planted faults', of.mutants, mutants),
    ...section('Changed rules', of.mutation, mutation),
    ...section('Load', of.load, load),
  ].join('\n\n') + '\n';
