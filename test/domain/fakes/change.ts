import type { CampaignStateChange } from '../../../contracts/events/campaign-state-change.ts';
import { hub, newImage } from './names.ts';

/** A fact as it is told. */
export const aChange = (over: Partial<CampaignStateChange> = {}): CampaignStateChange => ({
  schemaVersion: 1,
  id: 'campaign-1/ring-done/canary',
  fact: 'ring done',
  at: '2026-11-22T12:00:00.000Z',
  campaignId: 'campaign-1',
  family: 'al2023-base',
  category: 'base',
  environments: [],
  image: { id: newImage, region: hub.region },
  starter: 'ana',
  drill: null,
  startedAt: '2026-11-22T10:00:00.000Z',
  ring: null,
  outcome: null,
  reason: '',
  subject: 'Ring done: canary of al2023-base, 1 of 1',
  text: 'Ring canary is done.',
  link: null,
  minutes: { campaign: 120, ring: null },
  stacks: null,
  approval: null,
  alert: null,
  ...over,
});
