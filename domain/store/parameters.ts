import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion, type ParameterRecord } from '../records.ts';
import type { Target } from '../target.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/**
 * Records the value an SSM parameter had before the campaign's first write. The first record stands: later calls give
 * it back and change nothing.
 */
export const rememberParameter = async (
  { table }: Pick<Ports, 'table'>,
  record: Omit<ParameterRecord, 'schemaVersion'>,
): Promise<ParameterRecord> => {
  const target: Target = record;
  const key = keys.parameter(record.campaignId, target, record.name);
  const item = { ...record, schemaVersion };
  try {
    await table.put(key, item, { exists: false });
    return item;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return typedItem<ParameterRecord>((await table.get(key)) ?? item);
  }
};

export const rememberedParameter = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  target: Target,
  name: string,
): Promise<ParameterRecord | undefined> => {
  const item = await table.get(keys.parameter(campaignId, target, name));
  return item && typedItem<ParameterRecord>(item);
};
