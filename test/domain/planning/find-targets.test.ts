import { describe, expect, it } from '@jest/globals';
import type { OrganizationTargets } from '../../../domain/configuration/organization-targets.ts';
import { findTargets, targetRegions } from '../../../domain/planning/find-targets.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { aWorld } from '../fakes/world.ts';

const anOrganization = (over: Partial<OrganizationTargets> = {}): OrganizationTargets => ({
  id: 'o-a1b2c3d4e5',
  units: ['ou-ab12-workload'],
  tags: {},
  regions: ['eu-west-1'],
  except: [],
  ...over,
});
const active = (account: string, state = 'ACTIVE') => ({ account, name: `name of ${account}`, state });
const worldWith = (
  organization: OrganizationTargets | null,
  list = [{ account: '900000000001', region: 'eu-west-1' }],
) => aWorld({ targets: { ...aConfiguration().targets, list, organization } });
const accountsIn = async (world: ReturnType<typeof aWorld>) =>
  (await findTargets(world)).targets.map(({ account }) => account);

describe('findTargets', () => {
  it('asks nobody where everything is listed', async () => {
    const world = worldWith(null);
    world.organization.accounts = () => Promise.reject(new Error('was asked'));
    expect(await findTargets(world)).toEqual({ targets: world.configuration().targets.list, leftOut: [] });
  });

  it('adds every account of the units in every region, each target once', async () => {
    const world = worldWith(
      anOrganization({ units: ['ou-ab12-first000', 'ou-ab12-second00'], regions: ['eu-west-1', 'us-east-1'] }),
    );
    world.organization.below = {
      'ou-ab12-first000': [active('900000000002'), active('900000000001')],
      'ou-ab12-second00': [active('900000000002')],
    };
    expect((await findTargets(world)).targets.map(({ account, region }) => `${account}/${region}`)).toEqual([
      '900000000001/eu-west-1',
      '900000000001/us-east-1',
      '900000000002/eu-west-1',
      '900000000002/us-east-1',
    ]);
  });

  it('leaves out with a reason what is not active, and the hub, which has no role to enter it by', async () => {
    const world = worldWith(anOrganization());
    const { account } = world.configuration().hub;
    world.organization.below = {
      'ou-ab12-workload': [
        active('900000000003', 'SUSPENDED'),
        active('900000000004', 'PENDING_CLOSURE'),
        active(account),
      ],
    };
    expect(await findTargets(world)).toMatchObject({
      targets: [{ account: '900000000001' }],
      leftOut: [
        { account, reason: expect.stringContaining('name it in targets.list') },
        { account: '900000000003', reason: expect.stringContaining('is SUSPENDED') },
        { account: '900000000004', reason: expect.stringContaining('is PENDING_CLOSURE') },
      ],
    });
  });

  it('takes of the whole organisation the accounts that have all tags, and not those that are excepted', async () => {
    const world = worldWith(
      anOrganization({ units: [], tags: { stage: ['production', 'staging'], team: ['a'] }, except: ['900000000005'] }),
      [],
    );
    world.organization.below = {
      '': ['900000000002', '900000000003', '900000000004', '900000000005'].map((id) => active(id)),
    };
    world.organization.tagged = {
      '900000000002': { stage: 'staging', team: 'a' },
      '900000000003': { stage: 'production' },
      '900000000004': { stage: 'test', team: 'a' },
      '900000000005': { stage: 'production', team: 'a' },
    };
    expect(await accountsIn(world)).toEqual(['900000000002']);
    expect(world.organization.asked).not.toContain('900000000005');
  });

  it('is asked again each time', async () => {
    const world = worldWith(anOrganization(), []);
    world.organization.below = { 'ou-ab12-workload': [active('900000000002')] };
    expect(await accountsIn(world)).toEqual(['900000000002']);
    world.organization.below = { 'ou-ab12-workload': [active('900000000003')] };
    expect(await accountsIn(world)).toEqual(['900000000003']);
  });
});

describe('targetRegions', () => {
  it('has the regions of the list and of the organisation, each once', () => {
    const list = [{ account: '1', region: 'eu-west-1' }];
    expect(
      targetRegions({ targets: { list, organization: anOrganization({ regions: ['us-east-1', 'eu-west-1'] }) } }),
    ).toEqual(['eu-west-1', 'us-east-1']);
    expect(targetRegions({ targets: { list, organization: null } })).toEqual(['eu-west-1']);
  });
});
