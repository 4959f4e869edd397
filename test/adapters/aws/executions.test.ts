import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { awsExecutions } from '../../../adapters/aws/executions.ts';
import { Throttled } from '../../../domain/errors.ts';
import { TaskGone } from '../../../domain/ports/executions.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const stepFunctions = mockClient(SFNClient);
const executions = awsExecutions(testSessions());
const machine = 'arn:aws:states:eu-west-1:100000000000:stateMachine:Restore';
const execution = 'arn:aws:states:eu-west-1:100000000000:execution:Restore:c-r1';

beforeEach(() => {
  stepFunctions.reset();
});

describe('executions', () => {
  it('start with a name and give their ARN', async () => {
    stepFunctions.on(StartExecutionCommand).resolves({ executionArn: execution });
    expect(await executions.start(machine, 'c-r1', { campaignId: 'c' })).toBe(execution);
    expect(stepFunctions.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: machine,
      name: 'c-r1',
      input: '{"campaignId":"c"}',
    });
  });

  it('are the same ones for the same name', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(sdkError('ExecutionAlreadyExists'));
    expect(await executions.start(machine, 'c-r1', {})).toBe(execution);
  });

  it('do not start where the machine is missing', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(sdkError('StateMachineDoesNotExist'));
    await expect(executions.start(machine, 'c-r1', {})).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });

  it('have a status, or are not there', async () => {
    stepFunctions.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
    expect(await executions.status(execution)).toBe('ABORTED');
    stepFunctions.on(DescribeExecutionCommand).rejects(sdkError('ExecutionDoesNotExist'));
    expect(await executions.status(execution)).toBeUndefined();
  });

  it('are stopped with the cause; one that is gone needs no stop', async () => {
    stepFunctions.on(StopExecutionCommand).resolves({});
    await executions.stop(execution, 'aborted by ana');
    expect(stepFunctions.commandCalls(StopExecutionCommand)[0]?.args[0].input).toEqual({
      executionArn: execution,
      cause: 'aborted by ana',
    });
    stepFunctions.on(StopExecutionCommand).rejects(sdkError('ExecutionDoesNotExist'));
    await expect(executions.stop(execution, 'x')).resolves.toBeUndefined();
    stepFunctions.on(StopExecutionCommand).rejects(sdkError('ThrottlingException'));
    await expect(executions.stop(execution, 'x')).rejects.toBeInstanceOf(Throttled);
  });
});

describe('task tokens', () => {
  it('are completed with the output', async () => {
    stepFunctions.on(SendTaskSuccessCommand).resolves({});
    await executions.succeed('token', { status: 'done' });
    expect(stepFunctions.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token',
      output: '{"status":"done"}',
    });
  });

  it('are failed with an error and a cause that are not too long', async () => {
    stepFunctions.on(SendTaskFailureCommand).resolves({});
    await executions.fail('token', 'E'.repeat(300), 'c'.repeat(40_000));
    const { error, cause } = stepFunctions.commandCalls(SendTaskFailureCommand)[0]?.args[0].input ?? {};
    expect([error?.length, cause?.length]).toEqual([256, 32_768]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('are gone after %s', async (name) => {
    stepFunctions.onAnyCommand().rejects(sdkError(name));
    await expect(executions.succeed('secret-token', {})).rejects.toBeInstanceOf(TaskGone);
    await expect(executions.fail('secret-token', 'E', 'c')).rejects.toBeInstanceOf(TaskGone);
    await expect(executions.fail('secret-token', 'E', 'c')).rejects.not.toThrow('secret-token');
  });

  it('are not gone because of a throttle', async () => {
    stepFunctions.on(SendTaskSuccessCommand).rejects(sdkError('ThrottlingException'));
    await expect(executions.succeed('token', {})).rejects.toBeInstanceOf(Throttled);
  });
});
