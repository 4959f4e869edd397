import { describe, expect, it } from '@jest/globals';
import { call, CallRefused, isRefused } from '../../../adapters/aws/errors.ts';
import { AccessDenied, ServiceUnavailable, Throttled } from '../../../domain/errors.ts';
import { sdkError } from './sessions-for-tests.ts';

const failed = async (thrown: unknown): Promise<Error & { cause?: unknown }> => {
  try {
    await call('UpdateStack of app', () => Promise.reject(thrown as Error));
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
};

describe('call', () => {
  it('gives the answer', async () => {
    expect(await call('GetParameter of x', () => Promise.resolve(7))).toBe(7);
  });

  it.each([
    ['Throttling', 400],
    ['ThrottlingException', 400],
    ['RequestLimitExceeded', 503],
    ['TooManyRequestsException', 429],
    ['SlowDown', 503],
    ['SomethingNew', 429],
  ])('takes %s (%d) for throttling', async (name, status) => {
    expect(await failed(sdkError(name, 'Rate exceeded', status))).toBeInstanceOf(Throttled);
  });

  it('takes what the SDK marks as throttling for throttling', async () => {
    expect(await failed(Object.assign(sdkError('X'), { $retryable: { throttling: true } }))).toBeInstanceOf(Throttled);
  });

  it.each([
    ['AccessDenied', 403],
    ['AccessDeniedException', 400],
    ['UnauthorizedOperation', 403],
    ['AuthFailure', 401],
    ['ExpiredToken', 400],
    ['UnrecognizedClientException', 400],
    ['SomethingNew', 403],
  ])('takes %s (%d) for a denial', async (name, status) => {
    expect(await failed(sdkError(name, 'not yours', status))).toBeInstanceOf(AccessDenied);
  });

  it.each([
    sdkError('InternalFailure', 'oops', 500),
    sdkError('SomethingNew', 'oops', 502),
    sdkError('RequestTimeout', 'slow', 400),
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
    Object.assign(new Error('too long'), { name: 'TimeoutError' }),
  ])('takes %s for an outage', async (error) => {
    expect(await failed(error)).toBeInstanceOf(ServiceUnavailable);
  });

  it('names operation and resource and keeps the cause', async () => {
    const cause = sdkError('Throttling', 'Rate exceeded');
    const error = await failed(cause);
    expect(error.message).toBe('UpdateStack of app was throttled: Rate exceeded. Try again later or lower the caps');
    expect(error.cause).toBe(cause);
  });

  it('keeps the name of every other refusal', async () => {
    const cause = sdkError('ValidationError', 'No updates are to be performed.');
    const error = await failed(cause);
    expect(error).toBeInstanceOf(CallRefused);
    expect(error).toMatchObject({
      name: 'ValidationError',
      message: 'UpdateStack of app: No updates are to be performed.',
      cause,
    });
    expect(isRefused(error, 'Other', 'ValidationError')).toBe(true);
    expect(isRefused(error, 'Other')).toBe(false);
    expect(isRefused(cause, 'ValidationError')).toBe(false);
  });

  it('leaves alone what does not come from AWS, and what is mapped already', async () => {
    const bug = new TypeError('x is undefined');
    expect(await failed(bug)).toBe(bug);
    const denied = new AccessDenied('AssumeRole of spoke was refused');
    expect(await failed(denied)).toBe(denied);
    expect(await failed('text')).toBe('text');
  });
});
