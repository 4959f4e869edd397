import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/** The newest build of a family that a campaign was opened for. */
export interface Newest {
  readonly schemaVersion: number;
  readonly family: string;
  readonly build: string;
  /** ISO 8601. */
  readonly builtAt: string;
  readonly campaignId: string;
}

export const findNewest = async ({ table }: Pick<Ports, 'table'>, family: string): Promise<Newest | undefined> => {
  const item = await table.get(keys.newest(family));
  return item && typedItem<Newest>(item);
};

/** Remembers the build if none newer is known; of the same build the latest campaign. */
export const noteNewest = async (
  { table }: Pick<Ports, 'table'>,
  { family, build, builtAt, campaignId }: Omit<Newest, 'schemaVersion'>,
): Promise<void> => {
  try {
    await table.put(
      keys.newest(family),
      { schemaVersion, family, build, builtAt, campaignId },
      { or: [{ exists: false }, { lessThan: { builtAt } }, { equals: { build } }] },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
