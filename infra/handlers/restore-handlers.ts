import type { Handler } from './handler.ts';

/** Handlers of the restore. */
export const restoreHandlers = {
  'close-restore': {
    timeoutSeconds: 900,
    uses: { parameters: ['find'], stacks: ['list'], table: ['get', 'query', 'queryIndex', 'transact'] },
  },
  'list-touched-stacks': {
    uses: { planStore: ['put'], table: ['get', 'query', 'transact'] },
  },
  'open-restore': {
    uses: { notifications: ['publish'], table: ['get', 'put', 'query', 'transact'] },
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
} as const satisfies Readonly<Record<string, Handler>>;
