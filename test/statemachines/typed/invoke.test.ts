import { describe, expect, it } from '@jest/globals';
import {
  caughtError,
  executionInput,
  executionName,
  fail,
  invoke,
  pathOf,
  succeed,
  type Workflow,
} from '../../../statemachines/typed/index.ts';
import { functionArn, renderMachine } from './render-machine.ts';
import { applyImage, readPlan, tagCheck } from './sample-contracts.ts';

const input = executionInput<{ image: string; stack: string }>();

const backoff = {
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};
const lambdaErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
];

describe('invoke', () => {
  it('renders a task that returns, its retries, its catch and the states around it', () => {
    const { definition } = renderMachine((workflow) => {
      const check = invoke(
        workflow,
        'Tag Check (Base)',
        tagCheck,
        { image: input.image, category: 'base', note: null },
        { timeoutMinutes: 5, comment: 'Are the tags in order?' },
      );
      const read = invoke(workflow, 'Read Plan', readPlan, check.result.plan);
      const failed = fail(workflow, 'Rejected', { error: 'REJECTED', causePath: caughtError().Cause });
      check.catch(['ImageNotFound', 'States.Timeout'], failed);
      return check.next(read).next(succeed(workflow, 'Done'));
    });
    expect(definition).toEqual({
      StartAt: 'Tag Check (Base)',
      States: {
        'Tag Check (Base)': {
          Type: 'Task',
          Comment: 'Are the tags in order?',
          Resource: functionArn('Tag Check'),
          Parameters: { 'image.$': '$.image', category: 'base', note: null },
          TimeoutSeconds: 300,
          ResultPath: '$.tagCheckBase',
          Retry: [{ ErrorEquals: [...lambdaErrors, 'Throttled', 'ScanBusy'], ...backoff }],
          Catch: [{ ErrorEquals: ['ImageNotFound', 'States.Timeout'], ResultPath: '$.error', Next: 'Rejected' }],
          Next: 'Read Plan',
        },
        'Read Plan': {
          Type: 'Task',
          Resource: functionArn('Read Plan'),
          InputPath: '$.tagCheckBase.plan',
          ResultPath: '$.readPlan',
          Retry: [{ ErrorEquals: lambdaErrors, ...backoff }],
          Next: 'Done',
        },
        Rejected: { Type: 'Fail', Error: 'REJECTED', CausePath: '$.error.Cause' },
        Done: { Type: 'Succeed' },
      },
    });
  });

  it('renders a callback task with the token that its contract does not mention', () => {
    const { definition } = renderMachine((workflow) => {
      const apply = invoke(
        workflow,
        'Apply Image',
        applyImage,
        { stack: input.stack, targets: [input.stack, 'all', executionName] },
        { timeoutMinutes: 90 },
      );
      return apply.catch(['States.ALL'], (error) => fail(workflow, 'Failed', { error: error.Error }), 'applyError');
    });
    expect(definition).toEqual({
      StartAt: 'Apply Image',
      States: {
        'Apply Image': {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: {
            FunctionName: functionArn('Apply Image'),
            Payload: {
              'stack.$': '$.stack',
              'targets.$': "States.Array($.stack, 'all', $$.Execution.Name)",
              'taskToken.$': '$$.Task.Token',
            },
          },
          TimeoutSeconds: 5400,
          ResultPath: '$.applyImage',
          Retry: [{ ErrorEquals: [...lambdaErrors, 'StackBusy'], ...backoff }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.applyError', Next: 'Failed' }],
          End: true,
        },
        Failed: { Type: 'Fail', ErrorPath: '$.applyError.Error' },
      },
    });
  });

  const plan = { bucket: 'b', key: 'k', version: 'v' };
  it.each([
    [
      'resultDiscarded',
      (workflow: Workflow) => invoke(workflow, 'Read Plan', readPlan, plan, { resultDiscarded: true }),
      { ResultPath: null },
    ],
    [
      'output: empty',
      (workflow: Workflow) => invoke(workflow, 'Read Plan', readPlan, plan, { output: 'empty' }),
      { ResultPath: null, OutputPath: null },
    ],
  ])('drops the result with %s', (_, build, expected) => {
    const { definition } = renderMachine((workflow) => {
      const read = build(workflow);
      expect(read.result).toBeUndefined();
      return read;
    });
    expect(definition.States['Read Plan']).toEqual({
      Type: 'Task',
      Resource: functionArn('Read Plan'),
      Parameters: plan,
      Retry: [{ ErrorEquals: lambdaErrors, ...backoff }],
      End: true,
      ...expected,
    });
  });

  it('waits as long as a field of the data says', () => {
    const { definition } = renderMachine((workflow) =>
      invoke(
        workflow,
        'Apply Image',
        applyImage,
        { stack: input.stack, targets: [] },
        { timeoutSeconds: executionInput<{ limits: { seconds: number } }>().limits.seconds },
      ),
    );
    const state = (definition as { States: Record<string, object> }).States['Apply Image'];
    expect(state).toMatchObject({ TimeoutSecondsPath: '$.limits.seconds' });
    expect(state).not.toHaveProperty('TimeoutSeconds');
  });

  it('names the result after the state', () => {
    renderMachine((workflow) => {
      const check = invoke(workflow, 'Tag Check (Base)', tagCheck, { image: 'ami-1', category: 'base', note: 'n' });
      expect(pathOf(check.result.plan.key)).toBe('$.tagCheckBase.plan.key');
      return check;
    });
  });

  it.each<[reason: string, message: string, build: () => unknown]>([
    [
      'a callback without an end',
      'Apply Image waits for a callback: give it timeoutMinutes',
      () => renderMachine((workflow) => invoke(workflow, 'Apply Image', applyImage, { stack: 's', targets: [] })),
    ],
    [
      'a callback that gets one reference for its input',
      'Apply Image passes a task token: spell out its fields',
      () =>
        renderMachine((workflow) =>
          invoke(workflow, 'Apply Image', applyImage, executionInput(), { timeoutMinutes: 1 }),
        ),
    ],
    [
      'a Catch without errors',
      'Tag Check: a Catch without errors catches nothing',
      () =>
        renderMachine((workflow) =>
          invoke(workflow, 'Tag Check', tagCheck, executionInput()).catch([], succeed(workflow, 'Done')),
        ),
    ],
    [
      'a contract that declares ContractViolation',
      'Tag Check: ContractViolation is never retried',
      () =>
        renderMachine((workflow) =>
          invoke(
            workflow,
            'Tag Check',
            { ...tagCheck, errors: { ...tagCheck.errors, ContractViolation: 'retry' } },
            executionInput(),
          ),
        ),
    ],
    [
      'a state that would hide the error field',
      'would hide the field that Catch writes',
      () => renderMachine((workflow) => invoke(workflow, 'Error', tagCheck, executionInput())),
    ],
    [
      'an array that mixes references and objects',
      'States.Array takes nothing else',
      () =>
        renderMachine((workflow) =>
          invoke(
            workflow,
            'Apply Image',
            applyImage,
            { stack: 's', targets: [input.stack, 7 as unknown as string] },
            { timeoutMinutes: 1 },
          ),
        ),
    ],
  ])('refuses %s', (_, message, build) => {
    expect(build).toThrow(message);
  });
});
