import { RecordChanged } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Write } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { emptyChain, nextEntry, type ChainHead, type Decision } from './audit.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/** The trail's name, in place of a campaign's id. */
export const everyCampaign = '*';

/** The last link of the product's own trail. */
export const trailHead = async ({ table }: Pick<Ports, 'table'>): Promise<ChainHead> => {
  const item = await table.get(keys.trailHead());
  if (!item) return emptyChain;
  const { sequence, head } = typedItem<ChainHead & { readonly schemaVersion: number }>(item);
  return { sequence, head };
};

/**
 * Appends a decision that concerns all campaigns to the product's own trail, in one transaction with `together`. It is
 * chained like a campaign's. Throws ConditionFailed where a condition of `together` does not hold.
 */
export const noteForAll = async (
  { table, clock }: Pick<Ports, 'table' | 'clock'>,
  decision: Decision,
  together: readonly Write[] = [],
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const stored = (await table.get(keys.trailHead())) as (ChainHead & { schemaVersion: number }) | undefined;
    const chain = stored ?? emptyChain;
    const entry = nextEntry({ campaignId: everyCampaign, stackId: null }, chain, decision, clock.now());
    try {
      await table.transact([
        {
          kind: 'put',
          key: keys.campaignAudit(everyCampaign, entry.sequence),
          item: { ...entry },
          condition: { exists: false },
        },
        {
          kind: 'put',
          key: keys.trailHead(),
          item: { schemaVersion, sequence: entry.sequence, head: entry.hash },
          condition: stored ? { equals: { sequence: chain.sequence } } : { exists: false },
        },
        ...together,
      ]);
      return;
    } catch (error) {
      const isRace =
        error instanceof ConditionFailed &&
        [keys.trailHead().pk, keys.campaignAudit(everyCampaign, 1).pk].includes(error.key.pk);
      if (!isRace) throw error;
      if (attempt === 10) throw new RecordChanged('the product trail is written by many at once', { cause: error });
      await clock.sleep(20 * attempt);
    }
  }
};
