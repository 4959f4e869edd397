import { describe, expect, it } from '@jest/globals';
import { confirm } from '../../../domain/ring/confirm.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { keys } from '../../../domain/store/keys.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { asked, says, waitingForApproval } from './approvals.ts';

const run = (world: World, over: Partial<typeof asked> = {}) => confirm(world)({ ...asked, ...over });
const forge = (world: World, over: object) =>
  world.table.update(keys.approval('campaign-1', 'canary'), { set: { ...over } });

describe('confirm', () => {
  it('confirms what enough people have approved', async () => {
    const world = await waitingForApproval();
    await says(world, 'ana');
    await says(world, 'ben');
    expect(await run(world)).toEqual({ approved: true, reason: '' });
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    [
      'a completion that somebody has forged',
      () => Promise.resolve(),
      'ring canary was not approved by anybody we know',
    ],
    ['one of two approvals', (world) => says(world, 'ana'), 'ring canary was not approved by anybody we know'],
    [
      'a rejection',
      (world) => says(world, 'ana', { decision: 'reject', reason: 'errors' }),
      'ring canary was rejected by ana: errors',
    ],
    [
      'a record whose state was forged',
      (world) => forge(world, { state: 'approved' }),
      'ring canary has 0 of 2 approvals',
    ],
    [
      'one person who stands in the record twice',
      async (world) => {
        const decision = { person: 'ana', decision: 'approve', reason: 'x', at: 'now' };
        await forge(world, { state: 'approved', decisions: [decision, decision] });
      },
      'ring canary has 1 of 2 approvals',
    ],
    [
      'an approval of another image',
      async (world) => {
        await says(world, 'ana');
        await says(world, 'ben');
        await forge(world, { image: 'ami-00000000000000009' });
      },
      'ring canary was approved for another image',
    ],
    [
      'an approval of the plan that the campaign does not have any more',
      async (world) => {
        await says(world, 'ana');
        await says(world, 'ben');
        await changeCampaign(world, 'campaign-1', { planHash: 'b'.repeat(64) }, { who: 't', what: 'x', why: '' });
      },
      'ring canary was approved for another plan',
    ],
  ])('does not confirm %s', async (_what, act, reason) => {
    const world = await waitingForApproval();
    await act(world);
    expect(await run(world)).toEqual({ approved: false, reason });
  });

  it('does not count the starter, whoever let that approval in', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    await forge(world, { state: 'approved', decisions: [{ person: 'ana', decision: 'approve', reason: 'x', at: '' }] });
    expect(await run(world)).toEqual({ approved: false, reason: 'ring canary has 0 of 1 approvals' });
  });

  it('does not confirm another plan than the machine asks about', async () => {
    const world = await waitingForApproval();
    await says(world, 'ana');
    await says(world, 'ben');
    expect(await run(world, { planHash: 'b'.repeat(64) })).toMatchObject({ approved: false });
  });

  it('does not confirm a ring that nobody was asked about', async () => {
    const world = aWorld();
    await seedCampaign(world);
    expect(await run(world)).toEqual({ approved: false, reason: 'nobody was asked to approve ring canary' });
  });
});
