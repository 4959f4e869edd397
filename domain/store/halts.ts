import type { Ports } from '../ports/index.ts';
import { keys } from './keys.ts';

/** Why no new stack may be claimed now, by the global switch or the campaign's own; null where claims go on. */
export const haltedBy = async ({ table }: Pick<Ports, 'table'>, campaignId: string): Promise<string | null> => {
  for (const scope of ['GLOBAL', campaignId]) {
    const halt = await table.get(keys.halt(scope));
    if (halt) return `halted by ${String(halt['by'])}: ${String(halt['reason'])}`;
  }
  return null;
};
