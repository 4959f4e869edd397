import type { Halt } from '../../../domain/records/halt.ts';

/** What a claim reads of a halt. */
export const aHalt = (over: Partial<Halt> = {}) => ({
  schemaVersion: 1,
  by: 'ana',
  reason: 'fire',
  expiresAt: '2026-11-23T12:00:00.000Z',
  ...over,
});
