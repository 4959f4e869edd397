import { describe, expect, it } from '@jest/globals';
import {
  executionInput,
  executionName,
  fail,
  forEach,
  invoke,
  pathOf,
  succeed,
} from '../../../statemachines/typed/index.ts';
import { functionArn, renderMachine, sampleBucket } from './render-machine.ts';
import { plannedStack, readPlan, tagCheck } from './sample-contracts.ts';

const input = executionInput<{ image: string; plan: { bucket: string; key: string; version: string } }>();

const canary = () =>
  renderMachine((workflow) =>
    forEach(
      workflow,
      'Canary Ring',
      input.plan,
      plannedStack,
      (item) => ({ campaign: executionName, target: { stack: item.stack, direction: 'forward' }, image: input.image }),
      (child, own) =>
        invoke(
          child,
          'Tag Check',
          tagCheck,
          { image: own.image, category: 'base', note: own.target.stack },
          { output: 'empty' },
        ),
      {
        maxConcurrency: 500,
        itemsBucket: sampleBucket(workflow, 'plans'),
        resultBucket: sampleBucket(workflow, 'results'),
        resultPrefix: executionName,
      },
    )
      .catch(['States.ALL'], fail(workflow, 'Failed', { error: 'RESTORED', cause: 'the map did not run' }))
      .next(succeed(workflow, 'Done')),
  );

describe('forEach', () => {
  it('renders a distributed map that tolerates every failure and drops its result', () => {
    const { definition } = canary();
    const check = definition.States['Canary Ring']?.ItemProcessor?.States['Tag Check'];
    expect(definition).toEqual({
      StartAt: 'Canary Ring',
      States: {
        'Canary Ring': {
          Type: 'Map',
          Label: 'canaryRing',
          MaxConcurrency: 500,
          ToleratedFailurePercentage: 100,
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'JSON' },
            Parameters: { 'Bucket.$': '$.plan.bucket', 'Key.$': '$.plan.key', 'VersionId.$': '$.plan.version' },
          },
          ItemSelector: {
            'campaign.$': '$$.Execution.Name',
            target: { 'stack.$': '$$.Map.Item.Value.stack', direction: 'forward' },
            'image.$': '$.image',
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Tag Check',
            States: { 'Tag Check': check },
          },
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            Parameters: { Bucket: 'results', 'Prefix.$': '$$.Execution.Name' },
          },
          ResultPath: null,
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }],
          Next: 'Done',
        },
        Failed: { Type: 'Fail', Error: 'RESTORED', Cause: 'the map did not run' },
        Done: { Type: 'Succeed' },
      },
    });
    expect(check).toMatchObject({
      Resource: functionArn('Tag Check'),
      Parameters: { 'image.$': '$.image', category: 'base', 'note.$': '$.target.stack' },
      OutputPath: null,
      End: true,
    });
  });

  it('lets the machine read the one bucket and write the other, with their keys', () => {
    const { statements } = canary();
    expect(statements).toEqual(
      expect.arrayContaining([
        { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::plans/*' },
        { Action: 'kms:Decrypt', Resource: 'arn:aws:kms:eu-west-1:111111111111:key/plans' },
        {
          Action: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
          Resource: 'arn:aws:s3:::results/*',
        },
        {
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: 'arn:aws:kms:eu-west-1:111111111111:key/results',
        },
      ]),
    );
    expect(JSON.stringify(statements.filter(({ Action }) => JSON.stringify(Action).includes('s3:')))).not.toContain(
      '"*"',
    );
  });

  it('gives the child the whole item where that is selected', () => {
    const { definition } = renderMachine((workflow) => {
      const bucket = sampleBucket(workflow, 'plans');
      return forEach(
        workflow,
        'Full Ring',
        { bucket: 'plans', key: 'full.json' },
        plannedStack,
        (item) => item,
        (child, own) => {
          expect(pathOf(own.region)).toBe('$.region');
          return invoke(child, 'Read Plan', readPlan, { bucket: own.stack, key: own.region, version: 'v' });
        },
        { maxConcurrency: 10, itemsBucket: bucket, resultBucket: bucket, resultPrefix: 'full', label: 'full' },
      );
    });
    expect(definition.States['Full Ring']).not.toHaveProperty('ItemSelector');
    expect(definition.States['Full Ring']).toMatchObject({
      Label: 'full',
      ItemReader: { Parameters: { Bucket: 'plans', Key: 'full.json' } },
      ResultWriter: { Parameters: { Bucket: 'plans', Prefix: 'full' } },
    });
  });

  it('refuses a selection that is one reference but not the item', () => {
    expect(() =>
      renderMachine((workflow) => {
        const bucket = sampleBucket(workflow, 'plans');
        return forEach(
          workflow,
          'Full Ring',
          input.plan,
          plannedStack,
          () => input.plan,
          (child) => succeed(child, 'Done'),
          { maxConcurrency: 10, itemsBucket: bucket, resultBucket: bucket, resultPrefix: 'full' },
        );
      }),
    ).toThrow('Full Ring selects one reference that is not the item');
  });
});
