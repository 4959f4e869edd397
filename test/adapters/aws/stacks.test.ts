import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  RollbackStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { awsStacks } from '../../../adapters/aws/stacks.ts';
import { AccessDenied, StackBusy } from '../../../domain/errors.ts';
import type { StackFacts, StackUpdate } from '../../../domain/ports/stacks.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const cloudFormation = mockClient(CloudFormationClient);
const stacks = awsStacks(testSessions());
const stackId = 'arn:aws:cloudformation:us-east-1:100000000001:stack/app/1';

beforeEach(() => {
  cloudFormation.reset();
});

const described = (name: string, more: Partial<Stack> = {}): Stack => ({
  StackId: stackId,
  StackName: name,
  CreationTime: new Date(0),
  StackStatus: 'UPDATE_COMPLETE',
  ...more,
});

const facts = (more: Partial<StackFacts> = {}): StackFacts => ({
  stackId,
  name: 'app',
  status: 'UPDATE_COMPLETE',
  statusReason: '',
  parentId: null,
  parameters: [
    { name: 'ImageId', value: 'ami-1', resolved: null },
    { name: 'Password', value: '****', resolved: null },
  ],
  tags: { team: 'a' },
  capabilities: ['CAPABILITY_IAM'],
  notificationArns: ['arn:topic'],
  roleArn: 'arn:role',
  rollback: { triggers: [{ arn: 'arn:alarm', type: 'AWS::CloudWatch::Alarm' }], monitoringMinutes: 5 },
  ...more,
});

const update = (more: Partial<StackUpdate> = {}): StackUpdate => ({
  stack: facts(),
  parameter: 'ImageId',
  value: 'ami-2',
  requestToken: 'ar-1',
  ...more,
});

describe('reading stacks', () => {
  it('lists all of them in unnamed pages', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .resolves({ Stacks: [described('a'), described('b')], NextToken: 'more' })
      .on(DescribeStacksCommand, { NextToken: 'more' })
      .resolves({ Stacks: [described('c')] });
    const pages: string[][] = [];
    for await (const page of stacks.list(member)) pages.push(page.map(({ name }) => name));
    expect(pages).toEqual([['a', 'b'], ['c']]);
    expect(cloudFormation.commandCalls(DescribeStacksCommand).map(({ args }) => args[0].input)).toEqual([
      {},
      { NextToken: 'more' },
    ]);
  });

  it('lists nothing where access is denied, but says so', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(sdkError('AccessDenied', 'no', 403));
    await expect(stacks.list(member)[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(AccessDenied);
  });

  it('finds one in the domain’s words', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [
        described('app', {
          StackStatusReason: 'because',
          ParentId: 'arn:parent',
          Parameters: [
            { ParameterKey: 'ImageId', ParameterValue: '/golden', ResolvedValue: 'ami-1' },
            { ParameterKey: 'Size', ParameterValue: '3' },
          ],
          Tags: [{ Key: 'team', Value: 'a' }],
          Capabilities: ['CAPABILITY_IAM'],
          NotificationARNs: ['arn:topic'],
          RoleARN: 'arn:role',
          RollbackConfiguration: {
            MonitoringTimeInMinutes: 5,
            RollbackTriggers: [{ Arn: 'arn:alarm', Type: 'AWS::CloudWatch::Alarm' }],
          },
        }),
      ],
    });
    expect(await stacks.find(member, stackId)).toEqual(
      facts({
        statusReason: 'because',
        parentId: 'arn:parent',
        parameters: [
          { name: 'ImageId', value: '/golden', resolved: 'ami-1' },
          { name: 'Size', value: '3', resolved: null },
        ],
      }),
    );
    expect(cloudFormation.commandCalls(DescribeStacksCommand)[0]?.args[0].input).toEqual({ StackName: stackId });
  });

  it('fills in what a plain stack lacks', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [described('app')] });
    expect(await stacks.find(member, stackId)).toMatchObject({
      parentId: null,
      roleArn: null,
      parameters: [],
      capabilities: [],
      rollback: { triggers: [], monitoringMinutes: 0 },
    });
  });

  it('does not find what does not exist, and fails on other validation errors', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(sdkError('ValidationError', `Stack with id ${stackId} does not exist`));
    expect(await stacks.find(member, stackId)).toBeUndefined();
    cloudFormation.on(DescribeStacksCommand).rejects(sdkError('ValidationError', 'bad name'));
    await expect(stacks.find(member, stackId)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('gives the template as it was submitted', async () => {
    cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: '{}' });
    expect(await stacks.template(member, stackId)).toBe('{}');
    expect(cloudFormation.commandCalls(GetTemplateCommand)[0]?.args[0].input).toEqual({
      StackName: stackId,
      TemplateStage: 'Original',
    });
    cloudFormation.on(GetTemplateCommand).resolves({});
    await expect(stacks.template(member, stackId)).rejects.toThrow('gave no template');
  });
});

describe('updating a stack', () => {
  it('changes one parameter and nothing else', async () => {
    cloudFormation.on(UpdateStackCommand).resolves({ StackId: stackId, OperationId: 'op-1' });
    expect(await stacks.update(member, update())).toEqual({ started: true, operationId: 'op-1' });
    // The whole request: no role, tags, topics, rollback triggers or DisableRollback.
    expect(cloudFormation.commandCalls(UpdateStackCommand)[0]?.args[0].input).toStrictEqual({
      StackName: stackId,
      UsePreviousTemplate: true,
      Parameters: [
        { ParameterKey: 'ImageId', ParameterValue: 'ami-2' },
        { ParameterKey: 'Password', UsePreviousValue: true },
      ],
      Capabilities: ['CAPABILITY_IAM'],
      ClientRequestToken: 'ar-1',
    });
  });

  it('keeps every value where an SSM parameter is to be read again', async () => {
    cloudFormation.on(UpdateStackCommand).resolves({});
    expect(await stacks.update(member, update({ value: null }))).toEqual({ started: true, operationId: null });
    expect(cloudFormation.commandCalls(UpdateStackCommand)[0]?.args[0].input.Parameters).toEqual([
      { ParameterKey: 'ImageId', UsePreviousValue: true },
      { ParameterKey: 'Password', UsePreviousValue: true },
    ]);
  });

  it('has not started where there is nothing to update', async () => {
    cloudFormation.on(UpdateStackCommand).rejects(sdkError('ValidationError', 'No updates are to be performed.'));
    expect(await stacks.update(member, update())).toEqual({ started: false, operationId: null });
  });

  it('has started where the token has been used', async () => {
    cloudFormation.on(UpdateStackCommand).rejects(sdkError('TokenAlreadyExistsException'));
    expect(await stacks.update(member, update())).toEqual({ started: true, operationId: null });
  });

  it.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'])('is busy in %s', async (status) => {
    cloudFormation
      .on(UpdateStackCommand)
      .rejects(sdkError('ValidationError', `Stack:${stackId} is in ${status} state and can not be updated.`));
    const busy = stacks.update(member, update());
    await expect(busy).rejects.toBeInstanceOf(StackBusy);
    await expect(busy).rejects.toThrow(stackId);
  });

  it('is not busy in a state that no waiting ends', async () => {
    cloudFormation
      .on(UpdateStackCommand)
      .rejects(sdkError('ValidationError', `Stack:${stackId} is in ROLLBACK_COMPLETE state and can not be updated.`));
    await expect(stacks.update(member, update())).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('refuses a parameter that the stack does not have', async () => {
    await expect(stacks.update(member, update({ parameter: 'Image' }))).rejects.toThrow('has no parameter Image');
    expect(cloudFormation.calls()).toHaveLength(0);
  });
});

describe('continuing a rollback', () => {
  it('sends the token and takes a second call for the first', async () => {
    cloudFormation.on(ContinueUpdateRollbackCommand).resolvesOnce({}).rejects(sdkError('TokenAlreadyExistsException'));
    await stacks.continueRollback(member, stackId, 'ar-2', []);
    await stacks.continueRollback(member, stackId, 'ar-2', []);
    expect(cloudFormation.commandCalls(ContinueUpdateRollbackCommand)[0]?.args[0].input).toEqual({
      StackName: stackId,
      ClientRequestToken: 'ar-2',
    });
  });

  it('leaves out only the resources that it is told to', async () => {
    cloudFormation.on(ContinueUpdateRollbackCommand).resolves({});
    await stacks.continueRollback(member, stackId, 'ar-2', ['Inner.Role']);
    expect(cloudFormation.commandCalls(ContinueUpdateRollbackCommand)[0]?.args[0].input).toMatchObject({
      ResourcesToSkip: ['Inner.Role'],
    });
  });

  it('rolls back what an update has left half-way, once', async () => {
    cloudFormation.on(RollbackStackCommand).resolvesOnce({}).rejects(sdkError('TokenAlreadyExistsException'));
    await stacks.rollback(member, stackId, 'ar-2');
    await stacks.rollback(member, stackId, 'ar-2');
    expect(cloudFormation.commandCalls(RollbackStackCommand)[0]?.args[0].input).toEqual({
      StackName: stackId,
      ClientRequestToken: 'ar-2',
    });
  });

  it('replaces the rollback triggers only where it is told to', async () => {
    cloudFormation.on(UpdateStackCommand).resolves({ OperationId: 'o-1' });
    await stacks.update(member, update());
    await stacks.update(member, update({ rollback: { triggers: [], monitoringMinutes: 0 } }));
    const [without, empty] = cloudFormation.commandCalls(UpdateStackCommand).map(({ args }) => args[0].input);
    expect(without).not.toHaveProperty('RollbackConfiguration');
    expect(empty?.RollbackConfiguration).toEqual({ RollbackTriggers: [], MonitoringTimeInMinutes: 0 });
  });

  it('fails where the stack is in another state', async () => {
    cloudFormation
      .on(ContinueUpdateRollbackCommand)
      .rejects(sdkError('ValidationError', 'is in UPDATE_COMPLETE state'));
    await expect(stacks.continueRollback(member, stackId, 'ar-2', [])).rejects.toThrow(
      `ContinueUpdateRollback of ${stackId}`,
    );
  });
});
