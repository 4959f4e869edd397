import type { AslState, ChoiceRule, Definition } from './asl.ts';
import { assign, isAssigned, isSame, meet, pathsOf, rootedAt, type AssignedPaths } from './assigned-paths.ts';
import { stateReads } from './path-reads.ts';

/** A read that some path through the machine reaches before the value exists. */
export interface UnassignedRead {
  readonly machine: string;
  readonly state: string;
  readonly path: string;
}

/** A rendered machine and the top-level fields that its input always has. */
export interface Machine {
  readonly name: string;
  readonly definition: Definition;
  readonly parameters: readonly string[];
}

/**
 * Finds every read that some path reaches first. Types cannot: a reference is as good before its task as after it.
 *
 * A must-assign data flow over the definition as deployed. What holds before a state is what holds on all ways into it.
 * A task's result holds on its Next edge only: a Catch adds the error to the state's input and nothing else. A map's
 * child starts with the fields of its ItemSelector. A Parallel's branches add nothing to their parent but its result.
 */
export const findUnassignedReads = ({ name, definition, parameters }: Machine): UnassignedRead[] =>
  walk(definition, new Set(parameters.map((field) => `$.${field}`)), false).map((read) => ({ machine: name, ...read }));

type Read = Omit<UnassignedRead, 'machine'>;
type Edge = readonly [next: string, assigned: AssignedPaths];

const walk = (definition: Definition, start: AssignedPaths, isChildExecution: boolean): Read[] => {
  const before = solve(definition, start);
  return [...before].flatMap(([id, assigned]) => {
    const state = stateOf(definition, id);
    const reads = [...new Set(stateReads(state))].filter((path) =>
      path.startsWith('$$') ? isChildExecution && isParentsContext(path) : !isAssigned(assigned, path),
    );
    return [...reads.map((path) => ({ state: id, path })), ...inside(state, assigned, isChildExecution)];
  });
};

/** The fields of the context object that differ in a distributed map's child, and mislead there. */
const isParentsContext = (path: string): boolean => /^\$\$\.Execution\.(Name|Input)\b/.test(path);

/** The reads in a map's child or in a Parallel's branches. */
const inside = (state: AslState, assigned: AssignedPaths, isChildExecution: boolean): Read[] => {
  const { ItemProcessor: child, Branches: branches = [] } = state;
  const start = state.Parameters === undefined ? narrowed(state, assigned) : pathsOf(state.Parameters);
  const ofBranches = branches.flatMap((branch) => walk(branch, start, isChildExecution));
  if (child === undefined) return ofBranches;
  const item = state.ItemSelector === undefined ? 'everything' : pathsOf(state.ItemSelector);
  return [...ofBranches, ...walk(child, item, isChildExecution || child.ProcessorConfig?.Mode === 'DISTRIBUTED')];
};

/** What holds before each state that can be reached: edges are followed until nothing changes any more. */
const solve = (definition: Definition, start: AssignedPaths): ReadonlyMap<string, AssignedPaths> => {
  const before = new Map<string, AssignedPaths>([[definition.StartAt, start]]);
  const queue = [definition.StartAt];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const [next, assigned] of edges(stateOf(definition, id), before.get(id) ?? start)) {
      const known = before.get(next);
      const now = known === undefined ? assigned : meet(known, assigned);
      if (known !== undefined && isSame(known, now)) continue;
      before.set(next, now);
      queue.push(next);
    }
  }
  return before;
};

const stateOf = (definition: Definition, id: string): AslState => {
  const state = definition.States[id];
  if (state === undefined) throw new Error(`The definition goes to "${id}" but has no such state.`);
  return state;
};

const edges = (state: AslState, input: AssignedPaths): Edge[] => {
  const output = outputOf(state, input);
  return [
    ...(state.Next === undefined ? [] : [[state.Next, output] as const]),
    ...(state.Default === undefined ? [] : [[state.Default, output] as const]),
    ...(state.Choices ?? []).flatMap((rule) =>
      rule.Next === undefined ? [] : [[rule.Next, presentIn(rule).reduce(assign, output)] as const],
    ),
    ...(state.Catch ?? []).map(({ Next, ResultPath }) => [Next, placed(input, errorOutput, ResultPath)] as const),
  ];
};

const errorOutput: AssignedPaths = new Set(['$.Error', '$.Cause']);

/** The paths that a rule proves to be there. */
const presentIn = (rule: ChoiceRule): string[] => [
  ...(rule.IsPresent === true && rule.Variable !== undefined ? [rule.Variable] : []),
  ...(rule.And ?? []).flatMap(presentIn),
];

/** What holds after a state succeeded. */
const outputOf = (state: AslState, input: AssignedPaths): AssignedPaths => {
  const output = ['Task', 'Map', 'Parallel', 'Pass'].includes(state.Type)
    ? placed(input, resultOf(state, input), state.ResultPath)
    : narrowed(state, input);
  if (state.OutputPath === null) return new Set();
  return state.OutputPath === undefined ? output : rootedAt(output, state.OutputPath);
};

/** The fields known of a result. Those of a task are its contract's business and come with `ResultPath` as a whole. */
const resultOf = (state: AslState, input: AssignedPaths): AssignedPaths => {
  if (state.ResultSelector !== undefined) return pathsOf(state.ResultSelector);
  if (state.Type !== 'Pass') return new Set();
  if (state.Result !== undefined) return pathsOf(state.Result);
  return state.Parameters === undefined ? narrowed(state, input) : pathsOf(state.Parameters);
};

/** `result` put into `input` where ResultPath says: `null` drops it, none or `$` lets it replace everything. */
const placed = (input: AssignedPaths, result: AssignedPaths, resultPath: string | null | undefined): AssignedPaths => {
  if (resultPath === null) return input;
  return resultPath === undefined || resultPath === '$' ? result : assign(input, resultPath);
};

const narrowed = (state: AslState, input: AssignedPaths): AssignedPaths => {
  if (state.InputPath === null) return new Set();
  return state.InputPath === undefined ? input : rootedAt(input, state.InputPath);
};
