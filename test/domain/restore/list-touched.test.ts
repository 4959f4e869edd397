import { describe, expect, it } from '@jest/globals';
import { plannedStack } from '../../../contracts/shapes.ts';
import { listTouched } from '../../../domain/restore/list-touched.ts';
import { stackStatuses } from '../../../domain/words.ts';
import { seedCampaign, seedStacks } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const run = async (world: World) => {
  await seedCampaign(world, { phase: 'restoring' });
  const output = await listTouched(world)({ campaignId: 'campaign-1' });
  return { output, items: (await world.planStore.get(output.key)) as { stackName: string }[] };
};
const namesOf = (items: readonly { stackName: string }[]) => items.map(({ stackName }) => stackName);

describe('listTouched', () => {
  it('lists what was touched and is not back yet, of every ring', async () => {
    const world = aWorld();
    await seedStacks(
      world,
      ...stackStatuses.map((status, order) =>
        aStackRecord({
          stackName: `touched-${status}`,
          order,
          status,
          touched: true,
          ring: order % 2 ? 'full' : 'canary',
        }),
      ),
      ...stackStatuses.map((status) => aStackRecord({ stackName: `untouched-${status}`, status })),
    );
    const { output, items } = await run(world);
    expect(namesOf(items)).toEqual(
      stackStatuses
        .filter((status) => status !== 'restored' && status !== 'quarantined')
        .map((one) => `touched-${one}`),
    );
    expect(output).toEqual({ bucket: 'plans', key: 'campaigns/campaign-1/restore.json', stacks: 8 });
  });

  it('hands the machine exactly what its items are', async () => {
    const world = aWorld();
    await seedStacks(world, aStackRecord({ touched: true, status: 'done' }));
    const { items } = await run(world);
    expect(plannedStack.parse(items[0])).toEqual(items[0]);
  });

  it('takes turns among the targets, each in the order of the plan', async () => {
    const world = aWorld();
    const at = (stackName: string, account: string, order: number) =>
      aStackRecord({ stackName, account, order, touched: true, status: 'done' });
    await seedStacks(world, at('a2', '1', 3), at('a1', '1', 0), at('a3', '1', 4), at('b1', '2', 1));
    expect(namesOf((await run(world)).items)).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('lists nothing for a campaign that has touched nothing', async () => {
    expect(await run(aWorld())).toMatchObject({ output: { stacks: 0 }, items: [] });
  });
});
