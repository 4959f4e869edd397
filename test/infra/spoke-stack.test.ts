import { describe, expect, it } from '@jest/globals';
import { spokes } from '../../infra/spokes.ts';
import { synthesizeSpoke } from '../../infra/synthesize.ts';
import { forwardedEvents } from '../../domain/doctor/forwarded-events.ts';
import { configurationWith, resourcesOf, type Statement } from './deployed.ts';

const configuration = configurationWith();
const template = synthesizeSpoke(configuration);
const statements = resourcesOf<{ PolicyDocument: { Statement: Statement[] } }>(template, 'AWS::IAM::Policy')
  .filter(({ Condition }) => Condition?.includes('MakesRole') === true)
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const of = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
const optedIn = { Null: { 'aws:ResourceTag/ami-rollout:family': 'false' } };
const viaCloudFormation = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };

describe('the spoke', () => {
  it('is one plain template for every account and region', () => {
    expect(template.Parameters).toMatchObject({
      HubAccount: { Type: 'String', Default: '111122223333' },
      HubRegion: { Default: 'eu-west-1' },
      ExternalId: { Default: 'ami-rollout' },
      RoleName: { Default: 'ami-rollout-spoke' },
      RoleRegion: { Default: 'eu-west-1' },
      SsmParameters: { Default: '*' },
    });
    expect(Object.keys(template.Parameters ?? {})).toHaveLength(6);
    const text = JSON.stringify(template);
    expect(text).not.toMatch(/cdk-[a-z0-9]+-assets|BootstrapVersion|CDKMetadata/);
    // CloudFormation takes templates of this size in the request itself.
    expect(text.length).toBeLessThan(51_200);
  });

  it("trusts the roles of the hub's handlers, with the external id, and lets them name the campaign", () => {
    const hub = {
      AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'HubAccount' }, ':root']] },
    };
    const ArnLike = {
      'aws:PrincipalArn': {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'HubAccount' }, ':role/ami-rollout/*']],
      },
    };
    const [role] = resourcesOf<{ AssumeRolePolicyDocument: { Statement: Statement[] }; RoleName: unknown }>(
      template,
      'AWS::IAM::Role',
    ).filter(({ Condition }) => Condition?.includes('MakesRole') === true);
    expect(role?.Properties.RoleName).toEqual({ Ref: 'RoleName' });
    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: hub,
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } }, ArnLike },
      },
      {
        Effect: 'Allow',
        Action: 'sts:TagSession',
        Principal: hub,
        Condition: { ArnLike, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['ami-rollout:campaign'] } },
      },
    ]);
  });

  it('looks into and changes stacks that have opted in, and lists the others', () => {
    for (const action of [
      ...['cloudformation:UpdateStack', 'cloudformation:ContinueUpdateRollback', 'cloudformation:GetTemplate'],
      ...['cloudformation:CreateChangeSet', 'cloudformation:DescribeChangeSet', 'cloudformation:DeleteChangeSet'],
      'cloudformation:DescribeStackEvents',
    ]) {
      expect([action, of(action)]).toEqual([action, [expect.objectContaining({ Condition: optedIn })]]);
    }
    expect(of('cloudformation:DescribeStacks')).toEqual([expect.objectContaining({ Resource: '*' })]);
    for (const never of [
      'cloudformation:DeleteStack',
      'cloudformation:CreateStack',
      'cloudformation:SetStackPolicy',
      'cloudformation:ExecuteChangeSet',
    ]) {
      expect(of(never)).toEqual([]);
    }
  });

  it('can do what CloudFormation does for a stack without a service role, and only through CloudFormation', () => {
    for (const action of [
      ...['ec2:CreateLaunchTemplateVersion', 'ec2:RunInstances', 'autoscaling:UpdateAutoScalingGroup', 'iam:PassRole'],
      ...['ssm:GetParameters', 'autoscaling:CreateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration'],
    ]) {
      expect([action, of(action)]).toEqual([
        action,
        [
          expect.objectContaining({
            Condition: expect.objectContaining({ 'ForAnyValue:StringEquals': viaCloudFormation }),
          }),
        ],
      ]);
    }
    const { StringEquals } = of('iam:PassRole')[0]?.Condition ?? {};
    expect(StringEquals).toEqual({ 'iam:PassedToService': 'ec2.amazonaws.com' });
    // A refresh is the hub's own on tagged groups, and CloudFormation's in an update.
    for (const action of ['autoscaling:StartInstanceRefresh', 'autoscaling:CancelInstanceRefresh']) {
      expect(of(action).map(({ Condition }) => Condition)).toEqual([
        optedIn,
        { 'ForAnyValue:StringEquals': viaCloudFormation },
      ]);
    }
  });

  it('writes the SSM parameters that its own parameter allows', () => {
    expect(of('ssm:PutParameter').map(({ Resource }) => JSON.stringify(Resource))).toEqual([
      expect.stringContaining('{"Ref":"SsmParameters"}'),
    ]);
  });

  it("fits into the limit of a role's policies", () => {
    expect(JSON.stringify(statements).length).toBeLessThan(10_240);
  });

  it('forwards exactly the events that the doctor looks for', () => {
    const rules = resourcesOf<{ EventPattern: { source: string[]; 'detail-type': string[] } }>(
      template,
      'AWS::Events::Rule',
    );
    const forwarded = rules.flatMap(({ Properties: { EventPattern } }) =>
      EventPattern['detail-type'].map((type) => `${EventPattern.source.join(',')}: ${type}`),
    );
    const looked = Object.entries(forwardedEvents).flatMap(([source, types]) =>
      types.map((type) => `${source}: ${type}`),
    );
    expect([...new Set(forwarded)].sort()).toEqual([...looked].sort());
  });

  it('forwards what the hub acts on, and keeps what it could not deliver', () => {
    const rules = resourcesOf<{ EventPattern: { source: string[] }; Targets: unknown[] }>(
      template,
      'AWS::Events::Rule',
    );
    expect(new Set(rules.flatMap(({ Properties }) => Properties.EventPattern.source))).toEqual(
      new Set(['aws.cloudformation', 'aws.autoscaling', 'aws.ec2', 'aws.imagebuilder', 'aws.inspector2']),
    );
    const bus = [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':events:',
      { Ref: 'HubRegion' },
      ':',
      { Ref: 'HubAccount' },
      ':event-bus/ami-rollout',
    ];
    for (const { Properties, Condition } of rules) {
      expect(Condition).toContain('Forwards');
      expect(Properties.Targets).toEqual([
        expect.objectContaining({
          Arn: { 'Fn::Join': ['', bus] },
          RoleArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } },
        }),
      ]);
    }
  });

  it('makes nothing outside its two conditions', () => {
    for (const [id, { Condition }] of Object.entries(template.Resources)) {
      expect([id, Condition]).toEqual([id, expect.stringMatching(/MakesRole|Forwards/)]);
    }
  });
});

describe('the spokes of a configuration', () => {
  it('are one for each target beside the hub itself, with one region of each account for the role', () => {
    expect(spokes(configuration)).toEqual([
      { account: '111122223333', region: 'us-east-1', roleRegion: 'eu-west-1' },
      { account: '444455556666', region: 'eu-west-1', roleRegion: 'eu-west-1' },
      { account: '444455556666', region: 'us-east-1', roleRegion: 'eu-west-1' },
    ]);
  });
});
