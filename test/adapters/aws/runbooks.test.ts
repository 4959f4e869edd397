import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetAutomationExecutionCommand, SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { awsRunbooks } from '../../../adapters/aws/runbooks.ts';
import { RunbookRefused } from '../../../domain/ports/runbooks.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const ssm = mockClient(SSMClient);
const runbooks = awsRunbooks(testSessions(), () => 'arn:role');

beforeEach(() => {
  ssm.reset();
});

describe('starting a runbook', () => {
  it('names the instance and the role, with the same token for the same key', async () => {
    ssm.on(StartAutomationExecutionCommand).resolves({ AutomationExecutionId: 'run-1' });
    expect(await runbooks.start('book', 'i-1', 'c-1#boot')).toBe('run-1');
    await runbooks.start('book', 'i-1', 'c-1#boot');
    await runbooks.start('book', 'i-1', 'c-2#boot');
    const sent = ssm.commandCalls(StartAutomationExecutionCommand).map(({ args }) => args[0].input);
    expect(sent[0]).toEqual({
      DocumentName: 'book',
      ClientToken: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      Parameters: { InstanceId: ['i-1'], AutomationAssumeRole: ['arn:role'] },
    });
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[2]?.ClientToken).not.toBe(sent[0]?.ClientToken);
  });

  it('tells what trying again will not change from what may pass', async () => {
    ssm.on(StartAutomationExecutionCommand).rejects(sdkError('AutomationDefinitionNotFoundException'));
    await expect(runbooks.start('book', 'i-1', 'k')).rejects.toThrow(RunbookRefused);
    ssm.on(StartAutomationExecutionCommand).rejects(sdkError('AutomationExecutionLimitExceededException'));
    await expect(runbooks.start('book', 'i-1', 'k')).rejects.not.toThrow(RunbookRefused);
    ssm.on(StartAutomationExecutionCommand).resolves({});
    await expect(runbooks.start('book', 'i-1', 'k')).rejects.toThrow(RunbookRefused);
  });
});

describe('the outcome of a run', () => {
  const waited = { StepName: 'AwaitInstance', StepStatus: 'Success' } as const;
  const ran = (StepStatus: 'Success' | 'Failed' | 'TimedOut', ResponseCode: string) => ({
    StepName: 'RunDocument',
    StepStatus,
    Outputs: { Output: ['hello'], ResponseCode: [ResponseCode] },
    FailureMessage: 'it says',
  });

  it.each([
    [
      'Success',
      [waited, ran('Success', '0')],
      { state: 'ended', passed: true, cause: '', output: 'hello', exitCode: '0' },
    ],
    [
      'Failed',
      [waited, ran('Failed', '1')],
      { state: 'ended', passed: false, cause: 'it says', output: 'hello', exitCode: '1' },
    ],
    [
      'TimedOut',
      [waited, ran('TimedOut', '-1')],
      { state: 'ended', passed: false, cause: 'it says', output: 'hello', exitCode: '-1' },
    ],
    [
      'TimedOut',
      [{ StepName: 'AwaitInstance', StepStatus: 'TimedOut' as const, FailureMessage: 'too long' }],
      { state: 'not managed', cause: 'too long' },
    ],
    ['Success', [waited], { state: 'broken', cause: 'it ended without running the document' }],
    ['Cancelled', [waited], { state: 'broken', cause: 'it was cancelled' }],
    ['InProgress', [waited], { state: 'running' }],
    ['Cancelling', [waited], { state: 'running' }],
    [undefined, undefined, { state: 'running' }],
  ] as const)('%s with %j is %j', async (status, steps, expected) => {
    ssm.on(GetAutomationExecutionCommand).resolves({
      AutomationExecution: {
        ...(status && { AutomationExecutionStatus: status }),
        ...(steps && { StepExecutions: [...steps] as never }),
      },
    });
    expect(await runbooks.outcome('run-1')).toEqual(expected);
  });

  it('is none where there is no run, and no answer where SSM gives none', async () => {
    ssm.on(GetAutomationExecutionCommand).rejects(sdkError('AutomationExecutionNotFoundException'));
    expect(await runbooks.outcome('run-1')).toBeUndefined();
    ssm.on(GetAutomationExecutionCommand).rejects(sdkError('InternalServerError', 'no', 500));
    await expect(runbooks.outcome('run-1')).rejects.toThrow();
  });
});
