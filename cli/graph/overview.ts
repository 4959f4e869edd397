import type { AslMachine } from '../../domain/machine/asl.ts';
import { nodeIds } from './node-ids.ts';
import { endStyles, quoted, shapeOf } from './shape.ts';
import { bodyOf, divide, failuresOf, isStep, sharedName, stepsFrom } from '../../domain/machine/sections.ts';
import { successPath, waysOf } from '../../domain/machine/success-path.ts';

/**
 * A machine on one screen, as Mermaid: the steps of the successful way by stages, what is done for each stack, and where each
 * stage leads when something fails. The whole machine is `mermaid`.
 */
export const overview = (machine: AslMachine): string => {
  const idOf = nodeIds();
  const path = successPath(machine);
  const { sections: stages } = divide(machine);
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

  const body = bodyOf(machine, stages);
  const perStack = (body === undefined ? [] : [body]).flatMap((part) => {
    const steps = successPath(part).filter((name) => isStep(part.States[name] ?? { Type: 'Pass' }));
    const nodes = steps.map(
      (name) => `${idOf(sharedName(name))}${shapeOf(sharedName(name), part.States[name] ?? { Type: 'Pass' })}`,
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
