import type { Campaign } from '../../../domain/records/campaign.ts';
import { approve } from '../../../domain/ring/approve.ts';
import { decide, type ApprovalRequest } from '../../../domain/ring/decide.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

export const planHash = 'a'.repeat(64);
export const asked = { campaignId: 'campaign-1', ring: 'canary', planHash };

/** A campaign that waits for the approval of its canary ring. */
export const waitingForApproval = async (over: Partial<Campaign> = {}): Promise<World> => {
  const world = aWorld();
  await seedCampaign(world, over);
  await approve(world)({ ...asked, taskToken: 'token-1' });
  return world;
};

/** What one of the configured people says. */
export const says = (world: World, person: string, over: Partial<ApprovalRequest> = {}) =>
  decide(world)({
    campaignId: 'campaign-1',
    ring: 'canary',
    decision: 'approve',
    reason: 'looks good',
    planHash: null,
    caller: { kind: 'iam', arn: `arn:aws:sts::111122223333:assumed-role/ops/${person}` },
    ...over,
  });
