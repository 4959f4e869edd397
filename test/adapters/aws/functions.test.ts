import { beforeEach, describe, expect, it } from '@jest/globals';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { awsFunctions } from '../../../adapters/aws/functions.ts';
import { Throttled } from '../../../domain/errors.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const lambda = mockClient(LambdaClient);
const functions = awsFunctions(testSessions());
const arn = 'arn:aws:lambda:us-east-1:7:function:gate';

beforeEach(() => {
  lambda.reset();
});

/** The SDK's own type adds a method that is not used here. */
const payload = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)) as never;
const sent = () => {
  const { Payload, ...rest } = lambda.commandCalls(InvokeCommand)[0]?.args[0].input ?? {};
  return { ...rest, payload: JSON.parse(new TextDecoder().decode(Payload as Uint8Array)) as unknown };
};

describe('functions', () => {
  it('are queued', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
    await functions.queue('claim', { stack: 's' });
    expect(sent()).toEqual({ FunctionName: 'claim', InvocationType: 'Event', payload: { stack: 's' } });
  });

  it('are called in the region of their ARN and give their answer', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: payload({ passed: true }) });
    expect(await functions.call(arn, { image: 'ami-1' }, 10)).toEqual({ passed: true });
    expect(sent()).toEqual({ FunctionName: arn, InvocationType: 'RequestResponse', payload: { image: 'ami-1' } });
    expect(await (lambda.commandCalls(InvokeCommand)[0]?.thisValue as LambdaClient).config.region()).toBe('us-east-1');
  });

  it('may answer nothing', async () => {
    lambda.on(InvokeCommand).resolves({});
    expect(await functions.call(arn, {}, 10)).toBeNull();
  });

  it('fail with the function’s own error', async () => {
    lambda
      .on(InvokeCommand)
      .resolves({ FunctionError: 'Unhandled', Payload: payload({ errorType: 'TypeError', errorMessage: 'oops' }) });
    await expect(functions.call(arn, {}, 10)).rejects.toThrow(`${arn} failed: TypeError: oops`);
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled' });
    await expect(functions.call(arn, {}, 10)).rejects.toThrow(`${arn} failed: Error: no message`);
  });

  it('fail after their time', async () => {
    lambda.on(InvokeCommand).callsFake(
      () =>
        new Promise((_resolve, reject) => {
          setTimeout(() => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' })), 50);
        }),
    );
    await expect(functions.call(arn, {}, 0.01)).rejects.toThrow(`${arn} gave no answer in 0.01 seconds`);
    const [, options] = lambda.commandCalls(InvokeCommand)[0]?.args as unknown as [
      unknown,
      { abortSignal: AbortSignal },
    ];
    expect(options.abortSignal.aborted).toBe(true);
  });

  it('are throttled when too many run', async () => {
    lambda.on(InvokeCommand).rejects(sdkError('TooManyRequestsException', 'Rate Exceeded.', 429));
    await expect(functions.call(arn, {}, 10)).rejects.toBeInstanceOf(Throttled);
    await expect(functions.queue(arn, {})).rejects.toBeInstanceOf(Throttled);
  });
});
