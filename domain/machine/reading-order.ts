import type { AslMachine } from './asl.ts';
import { successPath, waysOf } from './success-path.ts';

/** The states in the order of a reader: the successful way first, then what branches off it, then what catches lead to. */
export const readingOrder = (machine: AslMachine): readonly string[] => {
  const path = successPath(machine);
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
