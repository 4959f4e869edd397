import type { ScenarioFile } from './generate.ts';

const lists = ['faults', 'operations', 'also'] as const;

const without = <T>(items: readonly T[], index: number): T[] => items.filter((_, other) => other !== index);

/** Scenarios that are each simpler than the given one by one thing; what promises most comes first. */
function* simpler(file: ScenarioFile): Generator<ScenarioFile> {
  for (const option of ['then', 'approval', 'image', 'start', 'policy'] as const) {
    const { [option]: value, ...rest } = file;
    if (value !== undefined) yield rest;
  }
  for (const list of lists)
    for (const index of (file[list] ?? []).keys()) yield { ...file, [list]: without<object>(file[list] ?? [], index) };
  const { fleet } = file;
  for (const index of fleet.stacks.keys())
    if (fleet.stacks.length > 1) yield { ...file, fleet: { ...fleet, stacks: without(fleet.stacks, index) } };
  for (const [index, stack] of fleet.stacks.entries())
    for (const option of Object.keys(stack)) {
      if (option === 'name') continue;
      const { [option]: _, ...rest } = stack;
      const stacks = fleet.stacks.with(index, rest as typeof stack);
      yield { ...file, fleet: { ...fleet, stacks } };
    }
}

/** Makes a failing scenario as small as it gets by taking away one thing after the other, as long as it still fails. */
export const shrink = async (
  file: ScenarioFile,
  stillFails: (file: ScenarioFile) => Promise<boolean>,
  mostTries = 300,
): Promise<ScenarioFile> => {
  let smallest = file;
  let tries = 0;
  for (let shrunk = true; shrunk;) {
    shrunk = false;
    for (const candidate of simpler(smallest)) {
      if (++tries > mostTries) return smallest;
      if (!(await stillFails(candidate))) continue;
      smallest = candidate;
      shrunk = true;
      break;
    }
  }
  return smallest;
};
