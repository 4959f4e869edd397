import type { Ports } from '../ports/index.ts';
import type { RollbackTriggers, StackFacts } from '../ports/stacks.ts';
import type { StackRecord } from '../records/stack-record.ts';

type Operation = NonNullable<StackRecord['operation']>;

/** How the next operation on a stack that is to go back begins, by the state the stack is in. */
export type Kind = Pick<Operation, 'kind' | 'skip'>;

/**
 * A stack whose rollback got stuck can only be helped over it. First with nothing left out; each further try leaves out
 * what the last one got stuck at, and nothing else.
 */
export const restoreKind = async (
  { stacks }: Pick<Ports, 'stacks'>,
  record: StackRecord,
  { status }: Pick<StackFacts, 'status'>,
): Promise<Kind> => {
  if (status === 'UPDATE_FAILED') return { kind: 'rollback' };
  if (status !== 'UPDATE_ROLLBACK_FAILED') return { kind: 'update' };
  const last = record.operation;
  if (last?.kind !== 'continueRollback') return { kind: 'continueRollback', skip: [] };
  const stuck = await stacks.stuckResources(record, record.stackId, last.requestToken);
  return { kind: 'continueRollback', skip: [...new Set([...(last.skip ?? []), ...stuck])] };
};

/** `arn:aws:cloudwatch:region:account:alarm:NAME` → NAME; a name may have colons in it. */
const alarmName = (arn: string): string => arn.split(':').slice(6).join(':');

/** Names of the triggers that are red: with one of them, CloudFormation rolls back whatever is updated. */
export const redTriggers = async (
  { alarms }: Pick<Ports, 'alarms'>,
  record: StackRecord,
  { triggers }: RollbackTriggers,
): Promise<readonly string[]> => {
  if (triggers.length === 0) return [];
  const states = await alarms.states(
    record,
    triggers.map(({ arn }) => alarmName(arn)),
  );
  return states.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
};

/** The stack has these triggers, in whatever order. */
export const hasTriggers = ({ rollback }: Pick<StackFacts, 'rollback'>, wanted: RollbackTriggers): boolean => {
  const list = ({ triggers }: RollbackTriggers) => triggers.map(({ arn, type }) => `${type} ${arn}`).sort();
  return (
    rollback.monitoringMinutes === wanted.monitoringMinutes &&
    JSON.stringify(list(rollback)) === JSON.stringify(list(wanted))
  );
};
