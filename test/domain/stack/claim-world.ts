import type { Configuration } from '../../../domain/configuration.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { claim } from '../../../domain/stack/claim.ts';
import { anImage } from '../fakes/images.ts';
import { oldImage } from '../fakes/names.ts';
import { readAgain, seedStack } from '../fakes/seed.ts';
import { aStackRecord, aTask } from '../fakes/stack-record.ts';
import { aStack } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** A world in which app-0001 may be claimed, changed by what a test is about. */
export const claimableWorld = async (
  change: (world: World) => unknown = () => undefined,
  over: Partial<Campaign> = {},
  configuration: Partial<Configuration> = {},
) => {
  const world = aWorld(configuration);
  const record = await seedStack(world, aStackRecord({ alarms: ['errors'] }), over);
  world.stacks.put(aStack());
  world.images.put(anImage({ id: oldImage }));
  world.alarms.found = [{ name: 'errors', state: 'OK' }];
  await change(world);
  return { world, record };
};
/** Claims the stack and gives its record as it is afterwards. */
export const claimForward = async (world: World, record: StackRecord, taskToken = 'token-1') => {
  await claim(world)(aTask(record, 'forward', taskToken));
  return readAgain(world, record);
};
