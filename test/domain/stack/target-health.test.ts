import { describe, expect, it } from '@jest/globals';
import { targetTrouble } from '../../../domain/stack/target-health.ts';
import { aTargetHealth } from '../fakes/groups.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/73e2d6bc24d8a067';
const trouble = (...health: Parameters<typeof aTargetHealth>[1][]) =>
  targetTrouble('i-1', arn, [
    aTargetHealth('i-2', { state: 'unhealthy' }),
    ...health.map((one) => aTargetHealth('i-1', one)),
  ]);

describe('targetTrouble', () => {
  it.each([
    ['healthy', { state: 'healthy' }],
    ['in a target group that no load balancer uses', { state: 'unused', reason: 'Target.NotInUse' }],
    ['never checked', { state: 'unavailable', reason: 'Target.HealthCheckDisabled' }],
  ])('has nothing against an instance that is %s', (_what, health) => {
    expect(trouble(health)).toBeNull();
  });

  it.each([
    [{ state: 'initial', reason: 'Elb.RegistrationInProgress' }, 'initial, Elb.RegistrationInProgress'],
    [
      { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' },
      'unhealthy, Target.Timeout, Request timed out',
    ],
    [{ state: 'draining', reason: 'Target.DeregistrationInProgress' }, 'draining, Target.DeregistrationInProgress'],
    [{ state: 'unused', reason: 'Target.InvalidState' }, 'unused, Target.InvalidState'],
    [{ state: 'unavailable', reason: 'Elb.InternalError' }, 'unavailable, Elb.InternalError'],
    [{ state: 'unhealthy.draining' }, 'unhealthy.draining'],
  ])('names %o with the target group', (health, words) => {
    expect(trouble(health)).toBe(`target group web: ${words}`);
  });

  it('wants each port of the instance to be healthy', () => {
    expect(trouble({}, { state: 'unhealthy' })).toBe('target group web: unhealthy');
  });

  it('takes an instance that is not registered for not healthy', () => {
    expect(trouble()).toBe('not registered in target group web');
  });

  it('says where the target group is gone', () => {
    expect(targetTrouble('i-1', arn, undefined)).toBe('target group web does not exist');
  });
});
