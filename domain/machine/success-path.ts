import type { AslMachine, AslState, Way } from './asl.ts';
import { ruleLabel } from './rule-label.ts';

/** The ways out of a state that is not broken, in their order. */
export const waysOf = ({ Next, Choices, Default }: AslState): readonly Way[] => [
  ...(Choices ?? []).flatMap((rule) => (rule.Next === undefined ? [] : [{ to: rule.Next, label: ruleLabel(rule) }])),
  ...(Default === undefined ? [] : [{ to: Default, label: 'otherwise' }]),
  ...(Next === undefined ? [] : [{ to: Next, label: '' }]),
];

/** The states of the successful way: the longest one that ends well, because each check that passes adds to it. */
export const successPath = ({ StartAt, States }: AslMachine): readonly string[] => {
  const best = new Map<string, readonly string[] | null>();
  const from = (name: string): readonly string[] | null => {
    const known = best.get(name);
    if (known !== undefined) return known;
    // A way back to a state that is being looked at leads to no end of its own.
    best.set(name, null);
    const state = States[name];
    if (state === undefined || state.Type === 'Fail') return null;
    let longest: readonly string[] | null = state.Type === 'Succeed' || state.End === true ? [] : null;
    for (const { to } of waysOf(state)) {
      const rest = from(to);
      if (rest !== null && (longest === null || rest.length > longest.length)) longest = rest;
    }
    const path = longest === null ? null : [name, ...longest];
    best.set(name, path);
    return path;
  };
  return from(StartAt) ?? [];
};
