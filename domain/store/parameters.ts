import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { ParameterRecord } from '../records/parameter-record.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { Target } from '../target.ts';
import type { Direction } from '../words.ts';
import { keys } from './keys.ts';
import { typedItem } from './typed-item.ts';

/** What the first writer of an SSM parameter knows of it. */
type NewParameter = Pick<ParameterRecord, 'campaignId' | 'account' | 'region' | 'name' | 'previous' | 'image'>;

const keyOf = (record: Pick<ParameterRecord, 'campaignId' | 'account' | 'region' | 'name'>) =>
  keys.parameter(record.campaignId, record, record.name);

/**
 * Records the value an SSM parameter had before the campaign's first write. The first record stands: later calls give
 * it back and change nothing.
 */
export const rememberParameter = async (
  { table }: Pick<Ports, 'table'>,
  parameter: NewParameter,
): Promise<ParameterRecord> => {
  const item: ParameterRecord = {
    ...parameter,
    schemaVersion,
    forwardBy: null,
    forwardAt: null,
    forwardVersion: null,
    restoreBy: null,
    restoreAt: null,
    restoreVersion: null,
  };
  try {
    await table.put(keyOf(parameter), { ...item }, { exists: false });
    return item;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return typedItem<ParameterRecord>((await table.get(keyOf(parameter))) ?? { ...item });
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

/** As long as an Apply can live: who has taken the turn and still not written by then is dead. */
const turnSeconds = 60;

/** Takes the one turn to write the parameter in this direction; false while another stack's Apply has it. */
export const takeTurn = async (
  { table, clock }: Pick<Ports, 'table' | 'clock'>,
  record: ParameterRecord,
  direction: Direction,
  stackId: string,
): Promise<boolean> => {
  const by = `${direction}By`;
  const at = `${direction}At`;
  const now = clock.now().getTime();
  const isDead = { [at]: new Date(now - turnSeconds * 1000).toISOString() };
  try {
    await table.update(
      keyOf(record),
      { set: { [by]: stackId, [at]: new Date(now).toISOString() } },
      { or: [{ equals: { [by]: null } }, { equals: { [by]: stackId } }, { lessThan: isDead }] },
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** Notes the version that the write gave: a retry that does not see it yet waits for it and does not write again. */
export const noteVersion = async (
  { table }: Pick<Ports, 'table'>,
  record: ParameterRecord,
  direction: Direction,
  version: number,
): Promise<void> => {
  await table.update(keyOf(record), { set: { [`${direction}Version`]: version } }, { exists: true });
};
