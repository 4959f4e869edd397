import { beforeEach, describe, expect, it } from '@jest/globals';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { awsTargetGroups } from '../../../adapters/aws/target-groups.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const loadBalancing = mockClient(ElasticLoadBalancingV2Client);
const targetGroups = awsTargetGroups(testSessions());

beforeEach(() => {
  loadBalancing.reset();
});

describe('the health in a target group', () => {
  it('is read for everything registered in it, by one call', async () => {
    loadBalancing.on(DescribeTargetHealthCommand).resolves({
      TargetHealthDescriptions: [
        { Target: { Id: 'i-1', Port: 80 }, TargetHealth: { State: 'healthy' } },
        {
          Target: { Id: 'i-2', Port: 80 },
          TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
        },
      ],
    });
    expect(await targetGroups.health(member, 'arn:web')).toEqual([
      { instanceId: 'i-1', state: 'healthy', reason: '', description: '' },
      { instanceId: 'i-2', state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' },
    ]);
    expect(loadBalancing.commandCalls(DescribeTargetHealthCommand).map(({ args }) => args[0].input)).toEqual([
      { TargetGroupArn: 'arn:web' },
    ]);
  });

  it('is undefined where there is no such target group', async () => {
    loadBalancing.on(DescribeTargetHealthCommand).rejects(sdkError('TargetGroupNotFoundException'));
    expect(await targetGroups.health(member, 'arn:web')).toBeUndefined();
  });

  it('is not made up where it must not be read', async () => {
    loadBalancing.on(DescribeTargetHealthCommand).rejects(sdkError('AccessDenied'));
    await expect(targetGroups.health(member, 'arn:web')).rejects.toThrow(AccessDenied);
  });
});
