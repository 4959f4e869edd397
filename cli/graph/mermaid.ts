import { type AslMachine, partsOf } from './asl.ts';
import { nodeIds } from './node-ids.ts';
import { endStyles, quoted, shapeOf } from './shape.ts';
import { successPath, waysOf } from './success-path.ts';

/** The states in the order of a reader: the successful way first, then what branches off it, then what catches lead to. */
const readingOrder = (machine: AslMachine, path: readonly string[]): readonly string[] => {
  const order = new Set<string>(path);
  const visit = (name: string): void => {
    const state = machine.States[name];
    if (state === undefined) return;
    order.add(name);
    const next = [...waysOf(state).map(({ to }) => to), ...(state.Catch ?? []).map(({ Next }) => Next)];
    for (const to of next) if (!order.has(to)) visit(to);
  };
  for (const name of [...path, machine.StartAt]) visit(name);
  // What nothing leads to would be a mistake in the definition: it is shown too.
  return [...order, ...Object.keys(machine.States).filter((name) => !order.has(name))];
};

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
  const order = readingOrder(machine, path);
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
