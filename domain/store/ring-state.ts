import type { Ports } from '../ports/index.ts';
import { keys } from './keys.ts';

type Table = Pick<Ports, 'table'>;

const members = (value: unknown): readonly string[] => (value instanceof Set ? [...(value as Set<string>)] : []);

/** Counts the stack among the ring's failures; gives the ids of all of them. */
export const countFailure = async (
  { table }: Table,
  campaignId: string,
  ring: string,
  stackId: string,
): Promise<readonly string[]> =>
  members((await table.update(keys.ring(campaignId, ring), { addToSet: { failed: stackId } }))['failed']);

/** Ids of the ring's failed stacks, those among them that were put back since. */
export const ringFailures = async ({ table }: Table, campaignId: string, ring: string): Promise<readonly string[]> =>
  members((await table.get(keys.ring(campaignId, ring)))?.['failed']);

/** Why and until when a ring had to wait, before it could start or while it ran. */
export interface RingWait {
  /** ISO 8601. */
  readonly since: string;
  /** ISO 8601; null: not known then. */
  readonly until: string | null;
  readonly reason: string;
}

/** Remembers for the report that the ring has waited; the first reason stands. */
export const noteRingWait = async (
  { table }: Table,
  campaignId: string,
  ring: string,
  waited: RingWait,
): Promise<void> => {
  const known = await ringWait({ table }, campaignId, ring);
  if (known === null) await table.update(keys.ring(campaignId, ring), { set: { waited: { ...waited } } });
};

export const ringWait = async ({ table }: Table, campaignId: string, ring: string): Promise<RingWait | null> =>
  ((await table.get(keys.ring(campaignId, ring)))?.['waited'] as RingWait | undefined) ?? null;
