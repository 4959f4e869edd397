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
