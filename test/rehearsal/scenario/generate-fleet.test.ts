import { describe, expect, it } from '@jest/globals';
import { generateFleet } from '../../../rehearsal/scenario/generate-fleet.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import { seededRandom } from '../../../rehearsal/scenario/random.ts';

const fleetOf = (fleet: object, seed = 7) => generateFleet(scenarioOf({ name: 'x', fleet }, 'x'), seededRandom(seed));
const count = <T>(items: readonly T[], of: (item: T) => boolean) => items.filter(of).length;

describe('generateFleet', () => {
  it('makes the same fleet of the same seed, and another of another', () => {
    expect(fleetOf({})).toEqual(fleetOf({}));
    expect(fleetOf({}, 8)).not.toEqual(fleetOf({}));
  });

  it('deals shares exactly and spreads stacks over targets, in plan order', () => {
    const { stacks, accounts } = fleetOf({ stacks: 60 });
    expect(accounts).toEqual(['100000000001', '100000000002', '100000000003']);
    expect(stacks.map(({ name }) => name).toSorted()[59]).toBe('app-0060');
    expect(count(stacks, ({ mode }) => mode === 'ssm')).toBe(15);
    expect(count(stacks, ({ replacement }) => replacement === 'instanceRefresh')).toBe(12);
    expect(count(stacks, ({ account, region }) => account === '100000000002' && region === 'us-east-1')).toBe(10);
    expect(stacks.every(({ updateMinutes }) => updateMinutes >= 4 && updateMinutes <= 12)).toBe(true);
    const keys = stacks.map(({ account, region, name }) => `${account} ${region} ${name}`);
    expect(keys).toEqual(keys.toSorted());
    expect(stacks[0]?.tags).toMatchObject({
      'ami-rollout:family': 'al2023-base',
      'ami-rollout:environment': 'production',
    });
  });

  it('takes listed stacks as they are: tags win, null removes one, instances may run another image', () => {
    const { stacks, accounts } = fleetOf({
      accounts: ['100000000001', '100000000009'],
      stacks: [
        {
          name: 'web',
          account: '100000000009',
          ring: 'canary',
          tags: { 'ami-rollout:environment': 'staging', 'ami-rollout:alarms': null },
          image: 'new',
          runs: 'previous',
          serviceRole: true,
          updateMinutes: 3,
        },
      ],
    });
    expect(accounts).toEqual(['100000000001', '100000000009']);
    expect(stacks).toEqual([
      {
        name: 'web',
        account: '100000000009',
        region: 'eu-west-1',
        mode: 'parameter',
        readBy: 'stack',
        ssmParameter: '/fleet/web/image',
        dataType: 'aws:ec2:image',
        status: 'CREATE_COMPLETE',
        replacement: 'rolling',
        updateMinutes: 3,
        instances: 2,
        tags: {
          'ami-rollout:family': 'al2023-base',
          'ami-rollout:ring': 'canary',
          'ami-rollout:environment': 'staging',
        },
        serviceRoleArn: 'arn:aws:iam::100000000009:role/cloudformation-service-role',
        rollbackTriggers: false,
        monitoringMinutes: 5,
        targetGroup: false,
        image: 'new',
        resolved: 'new',
        runs: 'previous',
      },
    ]);
  });
});
