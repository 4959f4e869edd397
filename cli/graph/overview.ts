import { type AslMachine, type AslState, partsOf } from './asl.ts';
import { nodeIds } from './node-ids.ts';
import { endStyles, quoted, shapeOf } from './shape.ts';
import { successPath, waysOf } from './success-path.ts';

/** Steps of the successful way that belong together: up to the first ring, a ring with what follows it. */
interface Stage {
  readonly title: string;
  readonly steps: readonly string[];
  /** The choices among the steps, too: where the way can turn off. */
  readonly states: readonly string[];
}

const isStep = ({ Type }: AslState): boolean => Type !== 'Choice' && Type !== 'Pass';

/** `Claim Stack (Canary)` → `Claim Stack`: the name that all rings share. */
const shared = (name: string): string => name.replace(/ \([^()]*\)$/, '');

const stagesOf = (machine: AslMachine, path: readonly string[]): readonly Stage[] => {
  const groups: string[][] = [[]];
  for (const name of path) {
    if (machine.States[name]?.Type === 'Map') groups.push([]);
    groups.at(-1)?.push(name);
  }
  return groups.map((states, index) => ({
    title: index === 0 ? 'Before a stack is touched' : (states[0] ?? ''),
    steps: states.filter((name) => isStep(machine.States[name] ?? { Type: 'Pass' })),
    states,
  }));
};

/** Where a way leads in the end: what only notes something, or decides, is passed over. */
const stepsFrom = (machine: AslMachine, name: string, seen = new Set<string>()): readonly string[] => {
  const state = machine.States[name];
  if (state === undefined || seen.has(name)) return [];
  seen.add(name);
  return isStep(state) ? [name] : waysOf(state).flatMap(({ to }) => stepsFrom(machine, to, seen));
};

/** What a stage leads to when something in it fails: steps that are not on the successful way. */
const failuresOf = (machine: AslMachine, path: readonly string[], { states }: Stage): readonly string[] => [
  ...new Set(
    states
      .flatMap((name) => {
        const state = machine.States[name] ?? { Type: 'Pass' };
        return [...waysOf(state).map(({ to }) => to), ...(state.Catch ?? []).map(({ Next }) => Next)];
      })
      .filter((to) => !path.includes(to))
      .flatMap((to) => stepsFrom(machine, to))
      .filter((to) => !path.includes(to)),
  ),
];

/**
 * A machine on one screen, as Mermaid: the steps of the successful way by stages, what is done for each stack, and where each
 * stage leads when something fails. The whole machine is `mermaid`.
 */
export const overview = (machine: AslMachine): string => {
  const idOf = nodeIds();
  const path = successPath(machine);
  const stages = stagesOf(machine, path);
  const node = (name: string): string => {
    const state = machine.States[name] ?? { Type: 'Pass' };
    // What it does for each stack is drawn once, beside the rings.
    return `${idOf(name)}${shapeOf(name, state.Type === 'Map' ? { Type: 'Task' } : state)}`;
  };
  const box = (id: string, title: string, nodes: readonly string[]): string[] => [
    `subgraph ${id}[${quoted(title)}]`,
    '  direction LR',
    `  ${nodes.join(' ==> ')}`,
    'end',
  ];
  const boxIds = stages.map((_, index) => `stage_${index + 1}`);
  const boxes = stages.flatMap(({ title, steps }, index) =>
    box(
      boxIds[index] ?? '',
      title,
      steps.map((step) => node(step)),
    ),
  );

  const maps = stages.flatMap(({ states }) => states.filter((name) => machine.States[name]?.Type === 'Map'));
  const inner = maps.flatMap((name) => partsOf(machine.States[name] ?? { Type: 'Pass' })).slice(0, 1);
  const perStack = inner.flatMap((part) => {
    const steps = successPath(part).filter((name) => isStep(part.States[name] ?? { Type: 'Pass' }));
    const nodes = steps.map(
      (name) => `${idOf(shared(name))}${shapeOf(shared(name), part.States[name] ?? { Type: 'Pass' })}`,
    );
    return [
      ...box('each_stack', 'For each stack of a ring', nodes),
      ...boxIds.slice(1).map((id) => `${id} -.- each_stack`),
    ];
  });

  // From there on, the ways to the ends.
  const drawn = new Set<string>();
  const tail: string[] = [];
  const follow = (name: string): void => {
    if (drawn.has(name)) return;
    drawn.add(name);
    tail.push(node(name));
    for (const { to } of waysOf(machine.States[name] ?? { Type: 'Pass' }))
      for (const next of stepsFrom(machine, to)) {
        follow(next);
        tail.push(`${idOf(name)} --> ${idOf(next)}`);
      }
  };
  const failures = stages.flatMap((stage, index) =>
    failuresOf(machine, path, stage).map((to) => {
      follow(to);
      return `${boxIds[index] ?? ''} -.-> ${idOf(to)}`;
    }),
  );
  return [
    'flowchart TD',
    ...[...boxes, boxIds.join(' ==> '), ...perStack, ...tail, ...failures, ...endStyles].map((line) => `  ${line}`),
    '',
  ].join('\n');
};
