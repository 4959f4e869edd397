import type { Ports } from '../ports/index.ts';
import { findWaits } from '../store/waits.ts';
import { queueKey, type Queued } from './settle-turn.ts';

/** A campaign of the family that waits for its turn; null where none does. */
export const whoIsQueued = async (ports: Pick<Ports, 'table'>, family: string): Promise<string | null> => {
  for await (const { campaignId, context } of findWaits(ports, queueKey))
    if ((context as unknown as Queued).family === family) return campaignId;
  return null;
};
