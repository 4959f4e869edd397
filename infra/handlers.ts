import type { Ports } from '../domain/ports/index.ts';
import type { Table } from '../domain/ports/table.ts';
import { applyTimeoutSeconds } from '../contracts/open-restore.ts';
import type { machineNames } from './names.ts';

/** The table's calls; a query of its index is a right of its own. */
type TableCall = keyof Table | 'queryIndex';

/** The ports that lead to AWS; the others need no right. */
type Remote = Omit<Ports, 'acting' | 'clock' | 'configuration' | 'metrics' | 'surroundings' | 'table'>;

/** The calls that a handler's use case makes on its ports: `{ stacks: ['find', 'update'] }`. */
export type Uses = { readonly [P in keyof Remote]?: readonly Exclude<keyof Remote[P], 'bucket'>[] } & {
  readonly table?: readonly TableCall[];
};

/** How a handler is deployed. */
export interface Handler {
  /** @default 300 */
  readonly timeoutSeconds?: number;
  /** `queue`: nobody waits for its answer, so what fails in the end is kept in a dead-letter queue. `gate`: somebody's custom gate answers. @default 'state' */
  readonly called?: 'state' | 'queue' | 'api' | 'gate';
  /** The functions whose calls it queues. @default claim-stack */
  readonly queues?: readonly ('claim-stack' | 'ask-custom-gate' | 'end-gate-instances' | 'write-image-tags')[];
  /** Reads what publishers of operating systems announce in SSM. */
  readonly publicParameters?: boolean;
  /** The machines it starts, of the two. */
  readonly starts?: keyof typeof machineNames | readonly (keyof typeof machineNames)[];
  /** What the handler does outside itself; its rights are made of this and of nothing else. */
  readonly uses: Uses;
}

/**
 * Every handler by its file name, with what it uses. A test walks the handlers' code and holds this list to it: a call
 * that is missing here would be refused by AWS, a call too many would be a right that nobody needs.
 */
export const handlers = {
  'after-execution': {
    called: 'queue',
    starts: 'restore',
    queues: ['end-gate-instances'],
    uses: {
      executions: ['start', 'status', 'succeed'],
      functions: ['queue'],
      notifications: ['publish'],
      planStore: ['get', 'put', 'putText'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'age-limit': {
    uses: { images: ['find'], table: ['get', 'query', 'transact'] },
  },
  'apply-image': {
    // The restore waits this long before it believes that no Apply writes any more.
    timeoutSeconds: applyTimeoutSeconds,
    uses: {
      alarms: ['states'],
      executions: ['fail', 'succeed'],
      parameters: ['find', 'putImage'],
      stacks: [
        ...(['changeSet', 'continueRollback', 'createChangeSet', 'deleteChangeSet', 'find'] as const),
        ...(['rollback', 'rootCause', 'stuckResources', 'update'] as const),
      ],
      table: ['delete', 'get', 'put', 'transact', 'update'],
    },
  },
  'answer-custom-gate': {
    called: 'gate',
    queues: ['ask-custom-gate', 'end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'approve-ring': {
    uses: {
      executions: ['succeed'],
      notifications: ['publish'],
      table: ['delete', 'get', 'put', 'query', 'transact'],
    },
  },
  'ask-custom-gate': {
    // It waits for the gate's own function to return.
    timeoutSeconds: 900,
    called: 'queue',
    queues: ['ask-custom-gate', 'end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['call', 'queue'],
      gateMachines: ['start'],
      images: ['find'],
      instances: ['launch'],
      runbooks: ['start'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'await-turn': {
    uses: { executions: ['succeed'], table: ['delete', 'get', 'put', 'query', 'transact', 'update'] },
  },
  'await-window': {
    uses: {
      calendars: ['state'],
      executions: ['succeed'],
      notifications: ['publish'],
      table: ['delete', 'get', 'put', 'transact', 'update'],
    },
  },
  'claim-stack': {
    called: 'queue',
    uses: {
      alarms: ['states'],
      calendars: ['state'],
      executions: ['fail', 'succeed'],
      groups: ['ofStacks'],
      images: ['find'],
      parameters: ['find'],
      stacks: ['find', 'template'],
      table: ['delete', 'get', 'put', 'transact', 'update'],
    },
  },
  'close-restore': {
    timeoutSeconds: 900,
    uses: { parameters: ['find'], stacks: ['list'], table: ['get', 'query', 'queryIndex', 'transact'] },
  },
  'close-ring': {
    uses: { notifications: ['publish'], table: ['get', 'put', 'query', 'transact', 'update'] },
  },
  'confirm-approval': {
    uses: { table: ['get'] },
  },
  console: {
    called: 'api',
    starts: ['campaign', 'restore'],
    queues: ['claim-stack', 'write-image-tags'],
    publicParameters: true,
    // API Gateway waits no longer.
    timeoutSeconds: 29,
    uses: {
      executions: ['start', 'status', 'stop', 'succeed'],
      forwarding: ['busPolicy', 'rules'],
      functions: ['queue'],
      groups: ['ofStacks'],
      images: ['find'],
      notifications: ['publish'],
      organization: ['accounts', 'tags'],
      parameters: ['find'],
      planStore: ['get', 'getText'],
      stacks: ['list', 'template'],
      table: ['delete', 'get', 'put', 'query', 'queryIndex', 'transact', 'update'],
    },
  },
  'custom-gates': {
    queues: ['ask-custom-gate', 'end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'discover-stacks': {
    timeoutSeconds: 900,
    uses: {
      organization: ['accounts', 'tags'],
      planStore: ['put'],
      stacks: ['list'],
      table: ['get', 'transact'],
    },
  },
  'end-gate-instances': {
    called: 'queue',
    uses: { instances: ['list', 'terminate'], table: ['get', 'transact'] },
  },
  'inspector-scan': {
    queues: ['end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      images: ['find'],
      instances: ['launch', 'list'],
      scans: ['coverage', 'findings'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'keep-images': {
    timeoutSeconds: 900,
    called: 'queue',
    uses: {
      images: ['deprecate', 'find', 'protect', 'tag', 'unprotect', 'untag'],
      table: ['get', 'put', 'query', 'transact'],
    },
  },
  'list-touched-stacks': {
    uses: { planStore: ['put'], table: ['get', 'query', 'transact'] },
  },
  'open-campaign': {
    uses: { images: ['find', 'fromImageBuilder'], table: ['get', 'put', 'transact'] },
  },
  'open-restore': {
    uses: { notifications: ['publish'], table: ['get', 'put', 'query', 'transact'] },
  },
  'plan-rings': {
    timeoutSeconds: 900,
    uses: {
      groups: ['ofStacks'],
      parameters: ['find'],
      planStore: ['get', 'put'],
      table: ['get', 'putAll', 'query', 'transact'],
    },
  },
  'promote-image': {
    // As of Apply: once the restore has waited, no promotion writes any more. What it has done is not done again by a retry.
    timeoutSeconds: applyTimeoutSeconds,
    queues: ['write-image-tags'],
    uses: {
      functions: ['queue'],
      images: ['find', 'protect', 'tag'],
      parameters: ['find', 'putImage'],
      table: ['get', 'put', 'query', 'transact'],
    },
  },
  'recheck-gates': {
    queues: ['write-image-tags'],
    uses: {
      alarms: ['data', 'wentOff'],
      functions: ['queue'],
      images: ['find'],
      notifications: ['publish'],
      scans: ['coverage', 'findings'],
      table: ['get', 'put', 'query', 'transact'],
    },
  },
  'record-stack': {
    uses: {
      functions: ['queue'],
      notifications: ['publish'],
      table: ['get', 'put', 'query', 'transact', 'update'],
    },
  },
  report: {
    timeoutSeconds: 900,
    queues: ['end-gate-instances'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      notifications: ['publish'],
      planStore: ['get', 'put', 'putText'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'resolve-images': {
    uses: {
      executions: ['succeed'],
      images: ['find', 'findByTags', 'findCopies', 'launchPermission'],
      keys: ['find', 'ofImage'],
      organization: ['accounts', 'tags'],
      table: ['delete', 'get', 'put', 'transact'],
    },
  },
  'restore-previous-image': {
    starts: 'restore',
    uses: { executions: ['start', 'status', 'succeed'], table: ['delete', 'get', 'put', 'transact'] },
  },
  'restore-promotion': {
    uses: {
      images: ['find', 'untag'],
      parameters: ['find', 'putImage', 'remove'],
      table: ['delete', 'get', 'put', 'query', 'transact'],
    },
  },
  'settle-event': {
    called: 'queue',
    queues: ['ask-custom-gate', 'claim-stack', 'end-gate-instances', 'write-image-tags'],
    uses: {
      calendars: ['state'],
      executions: ['fail', 'succeed'],
      functions: ['queue'],
      gateMachines: ['outcome'],
      groups: ['ofStacks', 'startRefresh', 'trouble'],
      images: ['find', 'findByTags', 'findCopies', 'launchPermission'],
      keys: ['find', 'ofImage'],
      organization: ['accounts', 'tags'],
      instances: ['launch', 'list'],
      runbooks: ['outcome'],
      scans: ['coverage', 'findings'],
      stacks: ['find', 'rootCause'],
      table: ['delete', 'get', 'put', 'query', 'queryIndex', 'transact', 'update'],
      targetGroups: ['health'],
    },
  },
  'start-campaign': {
    called: 'queue',
    starts: 'campaign',
    uses: { executions: ['start'], images: ['find', 'fromImageBuilder'], table: ['get'] },
  },
  sweep: {
    called: 'queue',
    starts: 'restore',
    queues: ['ask-custom-gate', 'claim-stack', 'end-gate-instances', 'write-image-tags'],
    uses: {
      calendars: ['state'],
      executions: ['fail', 'start', 'status', 'stop', 'succeed'],
      functions: ['queue'],
      gateMachines: ['outcome'],
      groups: ['ofStacks', 'startRefresh', 'trouble'],
      images: ['find', 'findByTags', 'findCopies', 'launchPermission'],
      keys: ['find', 'ofImage'],
      organization: ['accounts', 'tags'],
      notifications: ['publish'],
      instances: ['launch', 'list'],
      planStore: ['get', 'put', 'putText'],
      runbooks: ['outcome'],
      scans: ['coverage', 'findings'],
      stacks: ['find', 'list', 'rootCause'],
      table: ['delete', 'get', 'put', 'query', 'queryIndex', 'transact', 'update'],
      targetGroups: ['health'],
    },
  },
  'sweep-images': {
    called: 'queue',
    starts: 'campaign',
    uses: { executions: ['start'], images: ['find', 'findByName', 'findByTags'], table: ['get', 'query'] },
  },
  'tag-check': {
    queues: ['write-image-tags'],
    uses: { functions: ['queue'], images: ['find'], table: ['get', 'query', 'transact'] },
  },
  'verify-instances': {
    uses: {
      executions: ['succeed'],
      groups: ['cancelRefresh', 'ofStacks', 'startRefresh'],
      table: ['delete', 'get', 'put', 'transact'],
      targetGroups: ['health'],
    },
  },
  'watch-findings': {
    called: 'queue',
    starts: 'restore',
    queues: ['write-image-tags'],
    uses: {
      executions: ['start', 'status', 'stop'],
      functions: ['queue'],
      images: ['find'],
      notifications: ['publish'],
      scans: ['coverage', 'findings'],
      table: ['get', 'put', 'query', 'queryIndex', 'transact'],
    },
  },
  'write-image-tags': {
    called: 'queue',
    uses: { images: ['find', 'tag', 'untag'], table: ['get', 'transact'] },
  },
} as const satisfies Readonly<Record<string, Handler>>;

export type HandlerName = keyof typeof handlers;

/** A handler's entry, as wide as all of them: literal types end here. */
export const handler = (name: HandlerName): Handler => handlers[name];

export const handlerNames = Object.keys(handlers) as HandlerName[];
