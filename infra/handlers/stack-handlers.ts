import { applyTimeoutSeconds } from '../../contracts/open-restore.ts';
import type { Handler } from './handler.ts';

/** Handlers that move one stack, in a campaign as in a restore. */
export const stackHandlers = {
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
  'claim-stack': {
    called: 'queue',
    uses: {
      alarms: ['states'],
      calendars: ['state'],
      executions: ['fail', 'succeed'],
      groups: ['ofStacks'],
      images: ['find'],
      keys: ['find', 'ofImage'],
      parameters: ['find'],
      stacks: ['find', 'template'],
      table: ['delete', 'get', 'put', 'transact', 'update'],
    },
  },
  'record-stack': {
    uses: {
      functions: ['queue'],
      notifications: ['publish'],
      table: ['get', 'put', 'query', 'transact', 'update'],
    },
  },
  'verify-instances': {
    uses: {
      executions: ['succeed'],
      groups: ['cancelRefresh', 'ofStacks', 'startRefresh'],
      table: ['delete', 'get', 'put', 'transact'],
      targetGroups: ['health'],
    },
  },
} as const satisfies Readonly<Record<string, Handler>>;
