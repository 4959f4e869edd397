import { describe, expect, it } from '@jest/globals';
import { ApiError, type Client } from '../../../cli/api/client.ts';
import { patient } from '../../../cli/api/patient.ts';
import { UsageError } from '../../../cli/usage-error.ts';

/** Answers in turn: an error is thrown. */
const answering = (...answers: readonly unknown[]) => {
  const left = [...answers];
  const client: Client = {
    call: <Answer>() => {
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Answer);
    },
  };
  return { left, client: patient(client, { tries: 2, pauseMilliseconds: 0 }) };
};

const noNetwork = new UsageError('api.example.com could not be asked: ECONNRESET');
const badGateway = new ApiError(502, 'Bad Gateway');

describe('patient', () => {
  it('looks again after what may pass', async () => {
    const { client } = answering('first', noNetwork, badGateway, 'second');
    expect(await client.call('GET', '/x')).toBe('first');
    expect(await client.call('GET', '/x')).toBe('second');
  });

  it('gives up in the end', async () => {
    const { client } = answering('first', noNetwork, noNetwork, badGateway, 'late');
    await client.call('GET', '/x');
    await expect(client.call('GET', '/x')).rejects.toBe(badGateway);
  });

  it('takes the first failure of all at its word: the address may be wrong', async () => {
    const { client, left } = answering(noNetwork, 'never asked');
    await expect(client.call('GET', '/x')).rejects.toBe(noNetwork);
    expect(left).toEqual(['never asked']);
  });

  it.each([
    ['GET', new ApiError(403, 'not you')],
    ['GET', new ApiError(404, 'no such campaign')],
    ['POST', badGateway],
  ] as const)('does not repeat a %s after %o', async (method, error) => {
    const { client, left } = answering('first', error, 'never asked');
    await client.call('GET', '/x');
    await expect(client.call(method, '/x')).rejects.toBe(error);
    expect(left).toEqual(['never asked']);
  });
});
