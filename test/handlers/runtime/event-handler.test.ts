import { describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { eventHandler } from '../../../handlers/runtime/event-handler.ts';
import { linesOf, logged } from '../lines-of.ts';

const context = {} as Context;

describe('eventHandler', () => {
  it('hands the event on as it is and gives the answer', async () => {
    const handler = eventHandler('Sweep', (event: { n: number }) => Promise.resolve(event.n + 1));
    const { text } = await linesOf(async () => {
      expect(await handler({ n: 1 }, context)).toBe(2);
    });
    expect(text).toBe('');
  });

  it('lets an error through, for Lambda to try again, and logs it without the event', async () => {
    const handler = eventHandler('Settle Event', () => Promise.reject(new TypeError('bad event')));
    const { text, error } = await linesOf(async () => handler({ detail: 'the-secret' }, context));
    expect(error).toMatchObject({ name: 'TypeError', message: 'bad event' });
    expect(logged(text)).toMatchObject([
      { message: 'event failed', task: 'Settle Event', errorName: 'TypeError', errorMessage: 'bad event' },
    ]);
    expect(text).not.toContain('the-secret');
  });
});
