import type { Ports } from '../ports/index.ts';
import { keys } from './keys.ts';

type Table = Pick<Ports, 'table'>;

const size = (value: unknown): number => (value instanceof Set ? value.size : 0);

/** Counts the stack among the ring's failures; gives how many there are now. */
export const countFailure = async (
  { table }: Table,
  campaignId: string,
  ring: string,
  stackId: string,
): Promise<number> =>
  size((await table.update(keys.ring(campaignId, ring), { addToSet: { failed: stackId } }))['failed']);

export const ringFailures = async ({ table }: Table, campaignId: string, ring: string): Promise<number> =>
  size((await table.get(keys.ring(campaignId, ring)))?.['failed']);
