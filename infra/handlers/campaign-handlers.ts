import { applyTimeoutSeconds } from '../../contracts/open-restore.ts';
import type { Handler } from './handler.ts';

/** The campaign's own handlers, from its opening to its report. */
export const campaignHandlers = {
  'approve-ring': {
    uses: {
      executions: ['succeed'],
      notifications: ['publish'],
      table: ['delete', 'get', 'put', 'query', 'transact'],
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
  'close-ring': {
    uses: { notifications: ['publish'], table: ['get', 'put', 'query', 'transact', 'update'] },
  },
  'confirm-approval': {
    uses: { table: ['get'] },
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
  'keep-images': {
    timeoutSeconds: 900,
    called: 'queue',
    uses: {
      images: ['deprecate', 'find', 'protect', 'tag', 'unprotect', 'untag'],
      table: ['get', 'put', 'query', 'transact'],
    },
  },
  'open-campaign': {
    uses: {
      images: ['find', 'findByName', 'findByTags', 'fromImageBuilder'],
      parameters: ['find'],
      stacks: ['find'],
      table: ['delete', 'get', 'put', 'query', 'transact'],
    },
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
} as const satisfies Readonly<Record<string, Handler>>;
