import type * as z from 'zod';
import type { Ring } from '../../domain/configuration/ring.ts';
import type { rings } from './rings-schema.ts';

/** Fills in what depends on where the ring stands: the first of several is small, strict and approved; the last takes the rest. */
export const ringDefaults = (ring: z.output<typeof rings>[number], index: number, count: number): Ring => {
  const last = index === count - 1;
  const canary = index === 0 && !last;
  const bakeMinutes = ring.bakeMinutes ?? (canary ? 30 : 60);
  return {
    name: ring.name,
    sharePercent: ring.sharePercent ?? (last ? null : 5),
    cap: ring.cap,
    targetCap: ring.targetCap ?? Math.min(10, ring.cap),
    failureBudget: ring.failureBudget ?? (canary ? 0 : { percent: 5 }),
    accountFailureBudget: ring.accountFailureBudget,
    unreachable: ring.unreachable,
    bakeMinutes,
    windows: ring.windows,
    calendars: ring.calendars,
    approval: ring.approval ?? (index === 0 ? 'required' : 'none'),
    autoApproval: { minBakeMinutes: ring.autoApproval?.minBakeMinutes ?? bakeMinutes },
  };
};
