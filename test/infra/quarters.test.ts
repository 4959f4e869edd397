import { describe, expect, it } from '@jest/globals';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { configurationWith, resourcesOf, statementsOf } from './deployed.ts';

const hub = (instances = {}) =>
  synthesizeHub(configurationWith({ gates: { scanProviders: ['existing', 'instance'], instances } }), {
    bundle: false,
  });

describe('the quarters of instances of gates', () => {
  it('are made only where a gate launches instances', () => {
    const template = synthesizeHub(configurationWith(), { bundle: false });
    expect(resourcesOf(template, 'AWS::EC2::VPC')).toEqual([]);
    expect(statementsOf(template, 'inspector-scan').flatMap(({ Action }) => Action)).not.toContain('ec2:RunInstances');
  });

  it('have no way out but endpoints, and rules that end what is left', () => {
    const template = hub();
    expect(resourcesOf(template, 'AWS::EC2::VPCEndpoint')).toHaveLength(4);
    expect(resourcesOf(template, 'AWS::EC2::InternetGateway')).toEqual([]);
    expect(resourcesOf(template, 'AWS::EC2::NatGateway')).toEqual([]);
    const schedules = resourcesOf(template, 'AWS::Events::Rule').map(
      ({ Properties }) => Properties['ScheduleExpression'],
    );
    expect(schedules).toContain('rate(15 minutes)');
  });

  it('are the ones that the configuration names', () => {
    const template = hub({
      subnetIds: ['subnet-0aaaaaaaaaaaaaaaa'],
      securityGroupIds: ['sg-0aaaaaaaaaaaaaaaa'],
      instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/scans',
    });
    expect(resourcesOf(template, 'AWS::EC2::VPC')).toEqual([]);
    expect(resourcesOf(template, 'AWS::IAM::InstanceProfile')).toEqual([]);
  });

  it('are launched into by tag only, and ended by tag only', () => {
    const template = hub();
    const ended = statementsOf(template, 'end-gate-instances').find(
      ({ Action }) => [Action].flat()[0] === 'ec2:TerminateInstances',
    );
    expect(ended).toMatchObject({
      Condition: { StringEquals: { 'aws:ResourceTag/ami-rollout:product': 'ami-rollout' } },
    });
    const launched = statementsOf(template, 'inspector-scan').filter(
      ({ Action }) => [Action].flat()[0] === 'ec2:RunInstances',
    );
    expect(launched).toHaveLength(2);
  });
});
