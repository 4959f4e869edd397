import type { Campaign } from '../../../domain/records/campaign.ts';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import { hub, newImage } from './names.ts';

/** A campaign in the middle of its work. */
export const aCampaign = (over: Partial<Campaign> = {}): Campaign => ({
  schemaVersion,
  campaignId: 'campaign-1',
  executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:campaign:campaign-1',
  family: 'al2023-base',
  category: 'base',
  environments: [],
  image: { id: newImage, region: hub.region },
  imageSet: { 'eu-west-1': newImage, 'us-east-1': newImage },
  build: '4711',
  builtAt: '2026-11-21T12:00:00.000Z',
  starter: 'unknown',
  startReason: '',
  dryRun: false,
  allowOlder: false,
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: null,
  phase: 'running',
  fence: 1,
  planHash: 'a'.repeat(64),
  planned: 1,
  ringNames: ['canary', 'full'],
  leftOut: [],
  breachedRing: null,
  conclusion: null,
  outcome: null,
  reason: '',
  told: false,
  restore: null,
  rollback: null,
  ...over,
});
