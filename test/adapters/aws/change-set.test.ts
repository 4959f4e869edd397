import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { awsStacks } from '../../../adapters/aws/stacks.ts';
import { StackBusy } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const cloudFormation = mockClient(CloudFormationClient);
const stacks = awsStacks(testSessions());
const stackId = 'arn:aws:cloudformation:us-east-1:100000000001:stack/app/1';

beforeEach(() => {
  cloudFormation.reset();
});

const described = (more: Partial<DescribeChangeSetOutput>): DescribeChangeSetOutput => ({
  Status: 'CREATE_COMPLETE',
  ExecutionStatus: 'AVAILABLE',
  ...more,
});

describe('creating a change set', () => {
  const update = {
    stack: { stackId, capabilities: ['CAPABILITY_IAM'], parameters: [{ name: 'ImageId' }, { name: 'Password' }] },
    parameter: 'ImageId',
    value: 'ami-2',
    requestToken: 'ar-1',
  };

  it('asks for exactly what the update would, nested stacks included', async () => {
    cloudFormation.on(CreateChangeSetCommand).resolves({});
    await stacks.createChangeSet(member, update);
    // The whole request: no role, tags, topics or rollback triggers.
    expect(cloudFormation.commandCalls(CreateChangeSetCommand)[0]?.args[0].input).toStrictEqual({
      StackName: stackId,
      ChangeSetName: 'ar-1',
      ChangeSetType: 'UPDATE',
      UsePreviousTemplate: true,
      Parameters: [
        { ParameterKey: 'ImageId', ParameterValue: 'ami-2' },
        { ParameterKey: 'Password', UsePreviousValue: true },
      ],
      Capabilities: ['CAPABILITY_IAM'],
      IncludeNestedStacks: true,
    });
  });

  it('takes the one that is there already', async () => {
    cloudFormation.on(CreateChangeSetCommand).rejects(sdkError('AlreadyExistsException'));
    await expect(stacks.createChangeSet(member, update)).resolves.toBeUndefined();
  });

  it('is busy where another operation works on the stack', async () => {
    cloudFormation
      .on(CreateChangeSetCommand)
      .rejects(sdkError('ValidationError', `Stack:${stackId} is in UPDATE_IN_PROGRESS state and can not be updated.`));
    await expect(stacks.createChangeSet(member, update)).rejects.toBeInstanceOf(StackBusy);
  });
});

describe('reading a change set', () => {
  it('reads all pages, and those of nested stacks', async () => {
    cloudFormation
      .on(DescribeChangeSetCommand, { ChangeSetName: 'ar-1' })
      .resolves(
        described({
          Parameters: [{ ParameterKey: 'ImageId', ParameterValue: '/base', ResolvedValue: 'ami-2' }],
          Changes: [
            {
              ResourceChange: {
                Action: 'Modify',
                LogicalResourceId: 'Template',
                ResourceType: 'AWS::EC2::LaunchTemplate',
                Replacement: 'False',
                Details: [
                  {
                    Target: { Attribute: 'Properties', Name: 'LaunchTemplateData' },
                    ChangeSource: 'ParameterReference',
                    CausingEntity: 'ImageId',
                  },
                  { Target: { Attribute: 'Tags' }, ChangeSource: 'DirectModification' },
                ],
              },
            },
          ],
          NextToken: 'more',
        }),
      )
      .on(DescribeChangeSetCommand, { ChangeSetName: 'ar-1', NextToken: 'more' })
      .resolves(
        described({
          Changes: [
            { HookInvocationCount: 1 },
            {
              ResourceChange: {
                Action: 'Modify',
                LogicalResourceId: 'Web',
                ResourceType: 'AWS::CloudFormation::Stack',
                ChangeSetId: 'arn:nested',
              },
            },
          ],
        }),
      )
      .on(DescribeChangeSetCommand, { ChangeSetName: 'arn:nested' })
      .resolves(described({ Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'Volume' } }] }));

    const plain = { type: '', replacement: 'False', causes: [], nested: null };
    expect(await stacks.changeSet(member, stackId, 'ar-1')).toEqual({
      state: 'ready',
      content: {
        parameters: [{ name: 'ImageId', value: '/base', resolved: 'ami-2' }],
        changes: [
          {
            logicalId: 'Template',
            type: 'AWS::EC2::LaunchTemplate',
            action: 'Modify',
            replacement: 'False',
            causes: [
              { target: 'Properties.LaunchTemplateData', source: 'ParameterReference', entity: 'ImageId' },
              { target: 'Tags', source: 'DirectModification', entity: null },
            ],
            nested: null,
          },
          {
            logicalId: 'Web',
            type: 'AWS::CloudFormation::Stack',
            action: 'Modify',
            replacement: 'False',
            causes: [],
            nested: { parameters: [], changes: [{ ...plain, logicalId: 'Volume', action: 'Add' }] },
          },
        ],
      },
    });
  });

  it.each<[DescribeChangeSetOutput, object]>([
    [
      { Status: 'CREATE_IN_PROGRESS', CreationTime: new Date(5) },
      { state: 'pending', createdAt: new Date(5) },
    ],
    [{ Status: 'FAILED', StatusReason: 'No updates are to be performed.' }, { state: 'empty' }],
    [{ Status: 'FAILED', StatusReason: "The submitted information didn't contain changes." }, { state: 'empty' }],
    [
      { Status: 'FAILED', StatusReason: 'Template error' },
      { state: 'failed', reason: 'Template error' },
    ],
    [{ Status: 'CREATE_COMPLETE', ExecutionStatus: 'OBSOLETE' }, { state: 'obsolete' }],
    [{ Status: 'DELETE_COMPLETE' }, { state: 'obsolete' }],
  ])('of %j is %j', async (answer, state) => {
    cloudFormation.on(DescribeChangeSetCommand).resolves(answer);
    expect(await stacks.changeSet(member, stackId, 'ar-1')).toEqual(state);
  });

  it('is obsolete where somebody has deleted it', async () => {
    cloudFormation.on(DescribeChangeSetCommand).rejects(sdkError('ChangeSetNotFoundException'));
    expect(await stacks.changeSet(member, stackId, 'ar-1')).toEqual({ state: 'obsolete' });
  });
});

describe('deleting a change set', () => {
  it('names stack and change set, and takes a missing one for deleted', async () => {
    cloudFormation.on(DeleteChangeSetCommand).resolvesOnce({}).rejects(sdkError('ChangeSetNotFoundException'));
    await stacks.deleteChangeSet(member, stackId, 'ar-1');
    await stacks.deleteChangeSet(member, stackId, 'ar-1');
    expect(cloudFormation.commandCalls(DeleteChangeSetCommand)[0]?.args[0].input).toEqual({
      StackName: stackId,
      ChangeSetName: 'ar-1',
    });
  });
});
