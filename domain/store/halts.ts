import type { Ports } from '../ports/index.ts';
import type { Write } from '../ports/table.ts';
import type { Halt } from '../records/halt.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';
import { overduePartition } from './waits.ts';

type Table = Pick<Ports, 'table'>;

/** The scope of the switch that stops everything. No execution can be called so. */
export const everything = '*';

export const findHalt = async ({ table }: Table, scope: string): Promise<Halt | undefined> => {
  const item = await table.get(keys.halt(scope));
  return item && typedItem<Halt>(item);
};

/** The halt in words: who, why, and what happens if nobody resumes. */
export const haltText = ({ by, reason, expiresAt }: Pick<Halt, 'by' | 'reason' | 'expiresAt'>): string =>
  `halted by ${by}: ${reason} (put back at ${expiresAt} if nobody resumes)`;

/** Why no new stack may be claimed now, by the switch for everything or the campaign's own; null where claims go on. */
export const haltedBy = async (ports: Table, campaignId: string): Promise<string | null> => {
  for (const scope of [everything, campaignId]) {
    const halt = await findHalt(ports, scope);
    if (halt) return haltText(halt);
  }
  return null;
};

/** What a caller says of a halt. */
export type NewHalt = Pick<Halt, 'scope' | 'by' | 'reason' | 'expiresAt' | 'createdAt'>;

/** The write that halts; a halt that is there stays as it is. */
export const haltWrite = (halt: NewHalt): Write => {
  const key = `halt#${halt.scope}`;
  const item: Halt = {
    ...halt,
    schemaVersion,
    key,
    kind: 'halt',
    campaignId: halt.scope,
    taskToken: '',
    account: '',
    region: '',
    stackId: null,
    direction: null,
    context: {},
    overdueAt: halt.expiresAt,
    sweeps: 0,
  };
  return {
    kind: 'put',
    key: keys.halt(halt.scope),
    item: { ...item, ipk: overduePartition, isk: `${halt.expiresAt}#${key}` },
    condition: { exists: false },
  };
};

/** Ends exactly this halt; throws ConditionFailed where it is another one by now. */
export const liftHalt = async (
  { table }: Table,
  { scope, createdAt }: Pick<Halt, 'scope' | 'createdAt'>,
): Promise<void> => {
  await table.delete(keys.halt(scope), { equals: { createdAt } });
};

/** The write that keeps a halt of everything in force after its time, so that the sweep looks at it no more. */
export const keepWrite = ({ scope, createdAt }: Pick<Halt, 'scope' | 'createdAt'>): Write => ({
  kind: 'update',
  key: keys.halt(scope),
  changes: { set: { expired: true }, remove: ['ipk', 'isk'] },
  condition: { equals: { createdAt } },
});
