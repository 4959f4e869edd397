import { type AslMachine, partsOf } from '../../domain/machine/asl.ts';
import { nodeIds } from './node-ids.ts';
import { endStyles, quoted, shapeOf } from './shape.ts';
import { readingOrder } from '../../domain/machine/reading-order.ts';
import { successPath, waysOf } from '../../domain/machine/success-path.ts';

/** Dashed arrows for errors, one line for each target: `A & B & C -.-> Restore`. */
const catchLines = (machine: AslMachine, order: readonly string[], idOf: (state: string) => string): string[] => {
  const sources = new Map<string, string[]>();
  for (const name of order)
    for (const { ErrorEquals, Next } of machine.States[name]?.Catch ?? []) {
      const errors = ErrorEquals.filter((error) => error !== 'States.ALL').join(', ');
      const arrow = `-.->${errors === '' ? '' : `|${quoted(errors)}|`} ${idOf(Next)}`;
      sources.set(arrow, [...(sources.get(arrow) ?? []), idOf(name)]);
    }
  return [...sources].map(([arrow, from]) => `${from.join(' & ')} ${arrow}`);
};

const linesOf = (machine: AslMachine, idOf: (state: string) => string): string[] => {
  const path = successPath(machine);
  const order = readingOrder(machine);
  const isThick = (from: string, to: string): boolean => path.includes(from) && path[path.indexOf(from) + 1] === to;
  const nodes = order.flatMap((name) => {
    const state = machine.States[name] ?? { Type: 'Pass' };
    const parts = partsOf(state);
    if (parts.length === 0) return [`${idOf(name)}${shapeOf(name, state)}`];
    const inner = parts.flatMap((part) => linesOf(part, idOf)).map((line) => `  ${line}`);
    const title = state.Type === 'Map' ? `${name}: for each stack` : name;
    return [`subgraph ${idOf(name)}[${quoted(title)}]`, '  direction TB', ...inner, 'end'];
  });
  const arrows = order.flatMap((name) =>
    waysOf(machine.States[name] ?? { Type: 'Pass' }).map(({ to, label }) => {
      const arrow = isThick(name, to) ? '==>' : '-->';
      return `${idOf(name)} ${arrow}${label === '' ? '' : `|${quoted(label)}|`} ${idOf(to)}`;
    }),
  );
  return [...nodes, ...arrows, ...catchLines(machine, order, idOf)];
};

/**
 * A state machine as a Mermaid flowchart. Thick arrows are the successful way, dashed ones lead where an error goes; a
 * map's body is a box of its own; retries are left out. The same definition gives the same text.
 */
export const mermaid = (title: string, machine: AslMachine): string => {
  const idOf = nodeIds();
  return [
    '---',
    `title: ${title}`,
    '---',
    'flowchart TD',
    `  begin(( )) ==> ${idOf(machine.StartAt)}`,
    ...linesOf(machine, idOf).map((line) => `  ${line}`),
    ...endStyles.map((line) => `  ${line}`),
    '',
  ].join('\n');
};
