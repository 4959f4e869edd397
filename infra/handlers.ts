import type { Ports } from '../domain/ports/index.ts';
import type { Table } from '../domain/ports/table.ts';
import { applyTimeoutSeconds } from '../statemachines/restore.ts';
import type { machineNames } from './names.ts';

/** The table's calls; a query of its index is a right of its own. */
type TableCall = keyof Table | 'queryIndex';

/** The ports that lead to AWS; the others need no right. */
type Remote = Omit<Ports, 'clock' | 'configuration' | 'surroundings' | 'table'>;

/** The calls that a handler's use case makes on its ports: `{ stacks: ['find', 'update'] }`. */
export type Uses = { readonly [P in keyof Remote]?: readonly Exclude<keyof Remote[P], 'bucket'>[] } & {
  readonly table?: readonly TableCall[];
};

/** How a handler is deployed. */
export interface Handler {
  /** @default 300 */
  readonly timeoutSeconds?: number;
  /** `queue`: nobody waits for its answer, so what fails in the end is kept in a dead-letter queue. @default 'state' */
  readonly called?: 'state' | 'queue' | 'url';
  /** The machine it starts, of the two. */
  readonly starts?: keyof typeof machineNames;
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
    uses: { executions: ['start', 'status'], notifications: ['publish'], table: ['get', 'transact'] },
  },
  'age-limit': {
    uses: { images: ['find'], table: ['get', 'put', 'query', 'transact'] },
  },
  'apply-image': {
    // The restore waits this long before it believes that no Apply writes any more.
    timeoutSeconds: applyTimeoutSeconds,
    uses: {
      executions: ['fail', 'succeed'],
      parameters: ['find', 'putImage'],
      stacks: ['continueRollback', 'find', 'rootCause', 'update'],
      table: ['delete', 'get', 'put', 'transact', 'update'],
    },
  },
  'approve-ring': {
    uses: {
      executions: ['succeed'],
      notifications: ['publish'],
      table: ['delete', 'get', 'put', 'query', 'transact'],
    },
  },
  'claim-stack': {
    called: 'queue',
    uses: {
      alarms: ['states'],
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
    uses: { stacks: ['list'], table: ['get', 'query', 'transact'] },
  },
  'close-ring': {
    uses: { table: ['delete', 'get', 'query', 'transact', 'update'] },
  },
  'confirm-approval': {
    uses: { table: ['get'] },
  },
  'custom-gates': {
    timeoutSeconds: 900,
    uses: { functions: ['call'], table: ['get', 'put', 'transact'] },
  },
  'decide-approval': {
    called: 'url',
    uses: { executions: ['succeed'], table: ['delete', 'get', 'transact', 'update'] },
  },
  'discover-stacks': {
    timeoutSeconds: 900,
    uses: { planStore: ['put'], stacks: ['list'], table: ['get', 'transact'] },
  },
  'inspector-scan': {
    uses: {
      executions: ['succeed'],
      images: ['find'],
      scans: ['coverage', 'findings'],
      table: ['delete', 'get', 'put', 'query', 'transact'],
    },
  },
  'list-touched-stacks': {
    uses: { planStore: ['put'], table: ['query'] },
  },
  'open-campaign': {
    uses: { images: ['find', 'fromImageBuilder'], table: ['get', 'put', 'transact'] },
  },
  'open-restore': {
    uses: { table: ['get', 'transact'] },
  },
  'plan-rings': {
    timeoutSeconds: 900,
    uses: { groups: ['ofStacks'], planStore: ['get', 'put'], table: ['get', 'putAll', 'transact'] },
  },
  'promote-image': {
    uses: { images: ['tag'], parameters: ['find', 'putImage'], table: ['delete', 'get', 'put', 'query', 'transact'] },
  },
  'recheck-gates': {
    uses: {
      alarms: ['wentOff'],
      images: ['find'],
      scans: ['coverage', 'findings'],
      table: ['get', 'put', 'query', 'transact'],
    },
  },
  'record-stack': {
    uses: { functions: ['queue'], table: ['delete', 'get', 'query', 'transact', 'update'] },
  },
  report: {
    timeoutSeconds: 900,
    uses: {
      executions: ['succeed'],
      notifications: ['publish'],
      planStore: ['get', 'put'],
      table: ['delete', 'get', 'query', 'transact'],
    },
  },
  'resolve-images': {
    uses: { images: ['find', 'findByTags', 'findCopies'], table: ['get', 'put', 'transact'] },
  },
  'restore-previous-image': {
    starts: 'restore',
    uses: { executions: ['start', 'status', 'succeed'], table: ['delete', 'get', 'put', 'transact'] },
  },
  'restore-promotion': {
    uses: { parameters: ['find', 'putImage'], table: ['delete', 'get', 'put', 'query', 'transact'] },
  },
  'settle-event': {
    called: 'queue',
    uses: {
      executions: ['fail', 'succeed'],
      functions: ['queue'],
      groups: ['ofStacks', 'startRefresh'],
      images: ['find'],
      scans: ['coverage', 'findings'],
      stacks: ['rootCause'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'start-campaign': {
    called: 'queue',
    starts: 'campaign',
    uses: { executions: ['start'], images: ['find', 'fromImageBuilder'] },
  },
  sweep: {
    called: 'queue',
    starts: 'restore',
    uses: {
      executions: ['fail', 'start', 'status', 'stop', 'succeed'],
      functions: ['queue'],
      groups: ['ofStacks', 'startRefresh'],
      images: ['find'],
      notifications: ['publish'],
      scans: ['coverage', 'findings'],
      stacks: ['list', 'rootCause'],
      table: ['delete', 'get', 'put', 'query', 'queryIndex', 'transact', 'update'],
    },
  },
  'tag-check': {
    uses: { images: ['find'], table: ['get', 'put', 'query', 'transact'] },
  },
  'verify-instances': {
    uses: {
      executions: ['succeed'],
      groups: ['cancelRefresh', 'ofStacks', 'startRefresh'],
      table: ['delete', 'get', 'put', 'transact'],
    },
  },
} as const satisfies Readonly<Record<string, Handler>>;

export type HandlerName = keyof typeof handlers;

/** A handler's entry, as wide as all of them: literal types end here. */
export const handler = (name: HandlerName): Handler => handlers[name];

export const handlerNames = Object.keys(handlers) as HandlerName[];
