import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { GateCall } from '../records/gate-call.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

type Table = Pick<Ports, 'table'>;

/** Names a gate in keys, callback ids and execution names, whatever characters its own name has. */
export const gateKey = (gate: string): string => sha256(gate).slice(0, 12);

const keyOf = ({ campaignId, gate }: Pick<GateCall, 'campaignId' | 'gate'>) => keys.gateCall(campaignId, gateKey(gate));

/** Notes that a gate is to be asked; an earlier note stays, with whatever has become of it. */
export const openGateCall = async (
  { table }: Table,
  call: Pick<GateCall, 'campaignId' | 'gate' | 'image' | 'category' | 'askedAt' | 'deadline'>,
): Promise<void> => {
  const item: GateCall = {
    ...call,
    schemaVersion,
    state: 'open',
    callbackHashes: [],
    executionArn: null,
    runId: null,
    answer: null,
    error: '',
    endedAt: null,
  };
  try {
    await table.put(keyOf(call), { ...item }, { exists: false });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

export const findGateCall = async (
  { table }: Table,
  campaignId: string,
  key: string,
): Promise<GateCall | undefined> => {
  const found = await table.get(keys.gateCall(campaignId, key));
  return found && typedItem<GateCall>(found);
};

/** All gates that the campaign asks. */
export const gateCalls = ({ table }: Table, campaignId: string): AsyncGenerator<GateCall> =>
  typedItems<GateCall>(table, { partition: keys.campaign(campaignId).pk, prefix: 'GATECALL#' });

/** Changes a call that is still open; false where it has been answered meanwhile: the first answer counts. */
export const changeGateCall = async (
  { table }: Table,
  call: GateCall,
  changes: Partial<
    Pick<GateCall, 'state' | 'callbackHashes' | 'executionArn' | 'runId' | 'answer' | 'error' | 'endedAt'>
  >,
): Promise<boolean> => {
  try {
    await table.update(keyOf(call), { set: { ...changes } }, { exists: true, equals: { state: 'open' } });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** Remembers which call an execution belongs to: a machine's by its ARN, before it is started; a runbook's run by its id. */
export const bindExecution = async (
  { table }: Table,
  execution: string,
  { campaignId, gate }: Pick<GateCall, 'campaignId' | 'gate'>,
): Promise<void> => {
  await table.put(keys.gateExecution(execution), { campaignId, gate });
};

/** The call that an execution belongs to, if it is one of ours. */
export const callOfExecution = async (ports: Table, execution: string): Promise<GateCall | undefined> => {
  const bound = await ports.table.get(keys.gateExecution(execution));
  if (!bound) return undefined;
  const { campaignId, gate } = bound as unknown as Pick<GateCall, 'campaignId' | 'gate'>;
  return findGateCall(ports, campaignId, gateKey(gate));
};
