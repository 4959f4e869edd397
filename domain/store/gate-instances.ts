import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { GateInstance } from '../records/gate-instance.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

type Table = Pick<Ports, 'table'>;

const keyOf = ({ campaignId, purpose }: Pick<GateInstance, 'campaignId' | 'purpose'>) =>
  keys.gateInstance(campaignId, sha256(purpose).slice(0, 12));

export const findGateInstance = async (
  { table }: Table,
  campaignId: string,
  purpose: string,
): Promise<GateInstance | undefined> => {
  const found = await table.get(keyOf({ campaignId, purpose }));
  return found && typedItem<GateInstance>(found);
};

/** All instances that gates of the campaign have launched or meant to. */
export const gateInstances = ({ table }: Table, campaignId: string): AsyncGenerator<GateInstance> =>
  typedItems<GateInstance>(table, { partition: keys.campaign(campaignId).pk, prefix: 'GATEINSTANCE#' });

/** Notes the intention once; a second try goes on with the first one's expiry. */
export const intendGateInstance = async ({ table }: Table, instance: GateInstance): Promise<void> => {
  try {
    await table.put(keyOf(instance), { ...instance }, { exists: false });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

export const changeGateInstance = async (
  { table }: Table,
  instance: Pick<GateInstance, 'campaignId' | 'purpose'>,
  changes: Partial<Pick<GateInstance, 'instanceId' | 'market' | 'launchedAt' | 'lost' | 'scan'>>,
): Promise<void> => {
  await table.update(keyOf(instance), { set: { ...changes } }, { exists: true });
};

/** Remembers whose instance it is, for the events that carry its id alone. */
export const bindInstance = async (
  { table }: Table,
  instanceId: string,
  { campaignId, purpose, imageId }: Pick<GateInstance, 'campaignId' | 'purpose' | 'imageId'>,
): Promise<void> => {
  await table.put(keys.instance(instanceId), { campaignId, purpose, imageId });
};

/** Whose instance it is; undefined: none of ours. */
export const ownerOfInstance = async (
  { table }: Table,
  instanceId: string,
): Promise<Pick<GateInstance, 'campaignId' | 'purpose' | 'imageId'> | undefined> => {
  const found = await table.get(keys.instance(instanceId));
  return found as unknown as Pick<GateInstance, 'campaignId' | 'purpose' | 'imageId'> | undefined;
};
