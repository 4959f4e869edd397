import type { NewWait } from '../../../domain/store/waits.ts';
import { here, stackIdOf } from './names.ts';

/** A wait for an update of app-0001, bound at noon and overdue at a quarter to one. */
export const aWait = (over: Partial<NewWait> = {}): NewWait => {
  const key = over.key ?? 'ar-operation-f1';
  return {
    key,
    kind: 'update',
    campaignId: 'campaign-1',
    taskToken: 'token-1',
    ...here,
    stackId: stackIdOf('app-0001'),
    direction: 'forward',
    context: { requestToken: key, ring: 'canary', continuesRollback: false },
    createdAt: '2026-11-22T12:00:00.000Z',
    overdueAt: '2026-11-22T12:45:00.000Z',
    ...over,
  };
};
