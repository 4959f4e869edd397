import { AsyncLocalStorage } from 'node:async_hooks';
import type { Table, Write } from '../../domain/ports/table.ts';
import type { Call } from '../aws/call.ts';
import type { World } from '../aws/world.ts';

/** One use of a right during a rehearsal: what IAM would be asked about. */
export type Access =
  | {
      /** The handler in whose invocation it happened, by file name; `undefined` outside all of them. */
      readonly handler: string | undefined;
      readonly kind: 'call';
      readonly call: Call;
      /** The tags of the stack or group that the call is about, for `aws:ResourceTag`. */
      readonly tags: Readonly<Record<string, string>>;
    }
  | {
      readonly handler: string | undefined;
      /** What CloudFormation does in the caller's name, for a stack without a service role. */
      readonly kind: 'downstream';
      readonly call: Call;
      readonly action: string;
    }
  | {
      readonly handler: string | undefined;
      readonly kind: 'table';
      readonly action: TableAction;
      readonly index: boolean;
    };

/** The action of DynamoDB behind a call on the table; a transaction asks for that of each of its parts. */
type TableAction =
  'BatchWriteItem' | 'ConditionCheckItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';

const transacted = {
  put: 'PutItem',
  update: 'UpdateItem',
  delete: 'DeleteItem',
  check: 'ConditionCheckItem',
} as const satisfies Record<Write['kind'], TableAction>;

const running = new AsyncLocalStorage<string>();

/** Runs an invocation so that every access within it is known to be the handler's. */
export const asHandler = <T>(handler: string, work: () => Promise<T>): Promise<T> => running.run(handler, work);

const tagsOf = (world: World, { account, region, input }: Call): Readonly<Record<string, string>> => {
  const { StackName, AutoScalingGroupName } = input as { StackName?: string; AutoScalingGroupName?: string };
  const target = world.target(account, region);
  const stack = target.stack(StackName ?? '') ?? target.groupByName.get(AutoScalingGroupName ?? '');
  return stack?.settings.tags ?? {};
};

/** Tells every request that reaches the world, as a policy evaluation would see it. Nothing is refused. */
export const watchCalls = (world: World, onAccess: (access: Access) => void): void => {
  world.authorize = (call, action) => {
    const handler = running.getStore();
    onAccess(
      action === undefined
        ? { handler, kind: 'call', call, tags: tagsOf(world, call) }
        : { handler, kind: 'downstream', call, action },
    );
    return undefined;
  };
};

/** The table, telling every call on it. */
export const watchedTable = (table: Table, onAccess: (access: Access) => void): Table => {
  const tell = (action: TableAction, index = false) =>
    onAccess({ handler: running.getStore(), kind: 'table', action, index });
  return {
    get: (key) => (tell('GetItem'), table.get(key)),
    query: (query) => (tell('Query', query.index === 'byIndex'), table.query(query)),
    put: (...call) => (tell('PutItem'), table.put(...call)),
    update: (...call) => (tell('UpdateItem'), table.update(...call)),
    delete: (...call) => (tell('DeleteItem'), table.delete(...call)),
    transact: (writes) => {
      for (const { kind } of writes) tell(transacted[kind]);
      return table.transact(writes);
    },
    putAll: (items) => (tell('BatchWriteItem'), table.putAll(items)),
  };
};
