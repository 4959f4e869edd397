import type { Approval } from '../../../domain/records/approval.ts';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import { newImage } from './names.ts';

/** An open request for approval that lasts for years. */
export const anApproval = (over: Partial<Approval> = {}): Approval => ({
  schemaVersion,
  campaignId: 'campaign-1',
  ring: 'canary',
  image: newImage,
  planHash: 'a'.repeat(64),
  requestedAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2126-11-22T12:00:00.000Z',
  approversNeeded: 1,
  asked: true,
  decisions: [],
  state: 'open',
  ...over,
});
