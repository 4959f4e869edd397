import type { Attributes, Key, Table } from '../../domain/ports/table.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Run } from '../../rehearsal/run/run.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../rollout.config.ts';
import { contractFiles } from '../contracts/all-contracts.ts';

/** One line of a stored history: what a task was given or gave, or what the table held at the end. */
export type Line =
  | { readonly kind: 'input' | 'output'; readonly task: string; readonly data: unknown }
  | { readonly kind: 'record'; readonly key: Key; readonly item: Attributes };

const scenarios = ['promoted-holds-previous', 'canary-breaks'];

/** What is alike in this has the same fields with values of the same kinds. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].sort();
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
};

/** JSON knows no sets; the table does. */
const withSets = (_: string, value: unknown): unknown => (value instanceof Set ? { $set: [...value] } : value);

const writesOf = (table: Table, note: (key: Key) => void): Table => ({
  get: (...call) => table.get(...call),
  query: (...call) => table.query(...call),
  put: (...call) => (note(call[0]), table.put(...call)),
  update: (...call) => (note(call[0]), table.update(...call)),
  delete: (...call) => table.delete(...call),
  transact: (writes) => {
    for (const { key } of writes) note(key);
    return table.transact(writes);
  },
  putAll: (items) => {
    for (const { key } of items) note(key);
    return table.putAll(items);
  },
});

/**
 * Plays two campaigns, one promoted and one put back, and gives every kind of input and output of their tasks once, and
 * all that the table holds of the second. Stored with a release, it is what the next one has to understand.
 */
export const recordHistory = async (): Promise<string> => {
  const lines = new Map<string, string>();
  const add = (line: Line): void => {
    if (line.kind !== 'record' && !contractFiles.includes(line.task)) return;
    const text = JSON.stringify(line, withSets);
    // Kind and task are in the shape; a record is kept for what it is, not for what it is like.
    const id = line.kind === 'record' ? line.key : { ...line, data: shapeOf(JSON.parse(text)) };
    const key = JSON.stringify(id);
    if (!lines.has(key)) lines.set(key, text);
  };
  for (const name of scenarios) {
    const written = new Map<string, Key>();
    const tokens = new Map<string, string>();
    let last: Run | undefined;
    const scenario = loadScenario(name);
    await rehearse(
      { ...scenario, fleet: { ...scenario.fleet, stacks: 8 } },
      {
        configuration,
        wrapTable: (table) => writesOf(table, (key) => written.set(JSON.stringify(key), key)),
        onAccess: (access) => {
          if (access.kind !== 'call' || access.call.operation !== 'SendTaskSuccess') return;
          const { taskToken, output } = access.call.input as { taskToken: string; output: string };
          const task = tokens.get(taskToken);
          if (task !== undefined) add({ kind: 'output', task, data: JSON.parse(output) as unknown });
        },
        onRun: (run) => {
          last = run;
          const invoke = run.lambda.invoke.bind(run.lambda);
          run.lambda.invoke = async (nameOrArn, payload, ...rest) => {
            const task = nameOrArn.split(':').at(-1)?.replace('ami-rollout-', '') ?? '';
            const { taskToken, ...data } = (payload ?? {}) as { taskToken?: string };
            if (taskToken !== undefined) tokens.set(taskToken, task);
            add({ kind: 'input', task, data });
            const answer = await invoke(nameOrArn, payload, ...rest);
            if (taskToken === undefined) add({ kind: 'output', task, data: answer });
            return answer;
          };
        },
      },
    );
    if (name === scenarios.at(-1))
      for (const key of written.values()) {
        const item = await last?.table.get(key);
        if (item !== undefined) add({ kind: 'record', key, item });
      }
  }
  return [...lines.values()].map((line) => `${line}\n`).join('');
};
