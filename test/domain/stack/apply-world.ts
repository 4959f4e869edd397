import type { Configuration } from '../../../domain/configuration.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { apply } from '../../../domain/stack/apply.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { readAgain, seedStack } from '../fakes/seed.ts';
import { aClaimedStack, aTask } from '../fakes/stack-record.ts';
import { aStack } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** Claimed a moment ago. */
export const fresh = (over: Partial<StackRecord> = {}) =>
  aClaimedStack({ claimedAt: '2026-11-22T12:00:00.000Z', ...over });
export const forwardToken = /^ar-[0-9a-f]{12}-[0-9a-f]{20}-f1$/;

export const worldWith = async (
  record: StackRecord = fresh(),
  over: Partial<Campaign> = {},
  settings: Partial<Configuration> = {},
) => {
  const world = aWorld(settings);
  await seedStack(world, record, over);
  world.stacks.put(aStack());
  return { world, record };
};
export const forward = (world: World, record: StackRecord, taskToken = 'token-1') =>
  apply(world)(aTask(record, 'forward', taskToken));
export const back = (world: World, record: StackRecord, taskToken = 'token-1') =>
  apply(world)(aTask(record, 'restore', taskToken));
export const tokenOf = async (world: World, record: StackRecord) =>
  (await readAgain(world, record)).operation?.requestToken ?? '';
export const restoring = { phase: 'restoring' } as const;
/** Raises the fence in the middle of whatever is going on. */
export const openRestore = (world: World) =>
  changeCampaign(world, 'campaign-1', restoring, { who: 'test', what: 'restoring', why: '' });
