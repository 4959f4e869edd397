import type { ScenarioFile } from './scenario-file.ts';

/** What a scenario can do without, what promises most first. */
const options = ['then', 'stayDays', 'approval', 'image', 'start', 'calendars', 'gates', 'instances', 'policy'];
/** Of these, single fields may go, too. */
const objects = ['policy', 'image', 'start', 'approval', 'then'] as const;
const lists = ['faults', 'operations', 'also', 'arrivals'] as const;
type Fields = Readonly<Record<string, unknown>>;

const withoutItem = <T>(items: readonly T[], index: number): T[] => items.filter((_, other) => other !== index);

const withoutField = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));

/** Scenarios that are each simpler than the given one by one thing; what promises most comes first. */
function* simpler(file: ScenarioFile): Generator<ScenarioFile> {
  const fields = file as unknown as Fields;
  const but = (change: Fields): ScenarioFile => ({ ...file, ...change });
  for (const option of options)
    if (fields[option] !== undefined) yield withoutField(fields, option) as unknown as ScenarioFile;
  for (const list of lists)
    for (const index of (file[list] ?? []).keys()) yield but({ [list]: withoutItem<object>(file[list] ?? [], index) });
  const { fleet } = file;
  for (const index of fleet.stacks.keys())
    if (fleet.stacks.length > 1) yield but({ fleet: { ...fleet, stacks: withoutItem(fleet.stacks, index) } });
  for (const object of objects) {
    const inside = (file[object] ?? {}) as Fields;
    for (const name of Object.keys(inside)) yield but({ [object]: withoutField(inside, name) });
  }
  for (const [index, fault] of (file.faults ?? []).entries())
    for (const option of Object.keys(fault))
      if (option !== 'kind')
        yield but({ faults: file.faults?.with(index, withoutField(fault, option) as typeof fault) });
  for (const [index, stack] of fleet.stacks.entries())
    for (const option of Object.keys(stack)) {
      if (option === 'name') continue;
      const stacks = fleet.stacks.with(index, withoutField(stack, option) as typeof stack);
      yield but({ fleet: { ...fleet, stacks } });
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
