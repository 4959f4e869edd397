import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/** When a designated stack was last drilled with success. */
export interface DrillHistory {
  readonly schemaVersion: number;
  readonly family: string;
  readonly stack: string;
  /** ISO 8601; the last success, or since when the stack has been designated without one. */
  readonly since: string;
  /** The campaign of the last success; null: there was none. */
  readonly campaignId: string | null;
}

type Of = Pick<DrillHistory, 'family' | 'stack'>;

/** Remembers a success; an older one that comes late changes nothing. */
export const noteDrill = async (
  { table }: Pick<Ports, 'table'>,
  of: Of & { readonly since: string; readonly campaignId: string },
): Promise<void> => {
  try {
    await table.put(
      keys.drill(of.family, of.stack),
      { schemaVersion, ...of },
      { or: [{ exists: false }, { lessThan: { since: of.since } }] },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

/** Since when the stack has had no successful drill; from the first time that anybody asks, where there never was one. */
export const lastDrill = async ({ table, clock }: Pick<Ports, 'table' | 'clock'>, of: Of): Promise<DrillHistory> => {
  const key = keys.drill(of.family, of.stack);
  const known = await table.get(key);
  if (known) return typedItem<DrillHistory>(known);
  const first: DrillHistory = { schemaVersion, ...of, since: clock.now().toISOString(), campaignId: null };
  try {
    await table.put(key, { ...first }, { exists: false });
  } catch (error) {
    // A drill has succeeded in this very moment: nothing has gone by since.
    if (!(error instanceof ConditionFailed)) throw error;
  }
  return first;
};
