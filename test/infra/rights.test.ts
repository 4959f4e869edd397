import { describe, expect, it } from '@jest/globals';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { actionsOf, configurationWith, statementsOf, type Statement } from './deployed.ts';

const template = synthesizeHub(
  configurationWith({
    gates: {
      custom: [{ name: 'Smoke test', functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:smoke-test' }],
    },
  }),
  { bundle: false },
);
const of = (handler: string, action: string): readonly Statement[] =>
  statementsOf(template, handler).filter(({ Action }) => [Action].flat().includes(action));
const machine = (name: string) => `arn:aws:states:eu-west-1:111122223333:stateMachine:ami-rollout-${name}`;
const optedIn = { Null: { 'aws:ResourceTag/ami-rollout:family': 'false' } };

/** What every function needs to run at all. */
const basics = ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

describe("a handler's rights", () => {
  it('are what it uses and no more', () => {
    expect(actionsOf(statementsOf(template, 'confirm-approval'))).toEqual(
      ['dynamodb:GetItem', 'kms:Decrypt', 'kms:GenerateDataKey', ...basics].sort(),
    );
    expect(actionsOf(statementsOf(template, 'start-campaign'))).toEqual(
      [
        ...['ec2:DescribeImages', 'imagebuilder:GetImage', 'states:StartExecution', 'sts:AssumeRole', 'sts:TagSession'],
        ...['sqs:SendMessage', 'dynamodb:GetItem', 'kms:Decrypt', 'kms:GenerateDataKey', ...basics],
      ].sort(),
    );
    expect(actionsOf(statementsOf(template, 'discover-stacks'))).toEqual(
      [
        ...['cloudformation:DescribeStacks', 'sts:AssumeRole', 'sts:TagSession', 's3:PutObject'],
        ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey'],
        ...basics,
      ].sort(),
    );
  });

  it('change stacks only where Apply Image does it, and only stacks that have opted in', () => {
    for (const action of [
      ...['cloudformation:UpdateStack', 'cloudformation:ContinueUpdateRollback'],
      ...['cloudformation:CreateChangeSet', 'cloudformation:DeleteChangeSet'],
    ]) {
      expect(of('apply-image', action)).toEqual([expect.objectContaining({ Condition: optedIn })]);
      for (const other of ['claim-stack', 'verify-instances', 'record-stack', 'sweep', 'settle-event', 'report']) {
        expect(of(other, action)).toEqual([]);
      }
    }
    expect(of('verify-instances', 'autoscaling:StartInstanceRefresh')).toEqual([
      expect.objectContaining({ Condition: optedIn }),
    ]);
  });

  it('reach what a stack is made of only through CloudFormation', () => {
    for (const action of ['ec2:RunInstances', 'autoscaling:UpdateAutoScalingGroup', 'iam:PassRole']) {
      expect(of('apply-image', action)).toEqual([
        expect.objectContaining({
          Condition: expect.objectContaining({
            'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
          }),
        }),
      ]);
    }
  });

  it('start exactly the machine that the handler is for', () => {
    const started = (handler: string) => of(handler, 'states:StartExecution').map(({ Resource }) => Resource);
    expect(started('start-campaign')).toEqual([machine('campaign')]);
    expect(started('restore-previous-image')).toEqual([machine('restore')]);
    expect(started('after-execution')).toEqual([machine('restore')]);
    expect(started('apply-image')).toEqual([]);
  });

  it('complete tokens of the two machines and of the children of their maps', () => {
    expect(of('settle-event', 'states:SendTaskSuccess')).toEqual([
      expect.objectContaining({
        Resource: [machine('campaign'), `${machine('campaign')}/*`, machine('restore'), `${machine('restore')}/*`],
      }),
    ]);
    expect(of('report', 'states:SendTaskFailure')).toEqual([]);
  });

  it('enter member accounts by their role, and never the hub itself', () => {
    expect(of('claim-stack', 'sts:AssumeRole').map(({ Resource }) => JSON.stringify(Resource))).toEqual([
      expect.stringContaining(':iam::444455556666:role/ami-rollout-spoke'),
    ]);
    expect(of('tag-check', 'sts:AssumeRole')).toEqual([]);
  });

  it('wake claims and call the gates of the configuration, each by name', () => {
    const called = (handler: string) => of(handler, 'lambda:InvokeFunction').map(({ Resource }) => Resource);
    expect(called('record-stack')).toEqual(['arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-claim-stack']);
    const ask = 'arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-ask-custom-gate';
    const tags = 'arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-write-image-tags';
    const end = 'arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-end-gate-instances';
    expect(called('custom-gates')).toEqual([[ask, end, tags]]);
    expect(called('ask-custom-gate')).toEqual([
      [ask, end, tags, 'arn:aws:lambda:eu-west-1:111122223333:function:smoke-test'],
    ]);
    expect(called('claim-stack')).toEqual([]);
    expect(called('console').flat()).toContain(
      'arn:aws:lambda:eu-west-1:111122223333:function:ami-rollout-inspect-stacks',
    );
    expect(called('console').flat()).not.toContain('arn:aws:lambda:eu-west-1:111122223333:function:smoke-test');
  });

  it('read the index of the table only where campaigns are looked for', () => {
    const queried = (handler: string) => of(handler, 'dynamodb:Query').map(({ Resource }) => JSON.stringify(Resource));
    expect(queried('sweep').join()).toContain('/index/byIndex');
    expect(queried('record-stack').join()).not.toContain('/index/');
  });

  it('use the key through the services only', () => {
    for (const statement of of('report', 'kms:Decrypt')) {
      expect(statement.Condition?.['StringEquals']).toHaveProperty('kms:ViaService');
    }
  });

  it('write nothing in accounts that are no targets', () => {
    const elsewhere = synthesizeHub(configurationWith({ targets: { accounts: ['444455556666'] } }), { bundle: false });
    expect(actionsOf(statementsOf(elsewhere, 'apply-image'))).not.toContain('cloudformation:UpdateStack');
    expect(actionsOf(statementsOf(elsewhere, 'apply-image'))).toContain('sts:AssumeRole');
  });

  it('reach hundreds of member accounts', () => {
    const accounts = Array.from({ length: 300 }, (_, index) => String(200_000_000_000 + index));
    const large = synthesizeHub(configurationWith({ targets: { accounts } }), { bundle: false });
    const text = JSON.stringify(large);
    // CloudFormation takes no template of more than a million bytes.
    expect(text.length).toBeLessThan(400_000);
    for (const account of accounts) expect(text).toContain(`:iam::${account}:role/ami-rollout-spoke`);
  });
});
