import { describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { refused } from '../../../domain/events/subject.ts';
import { correlationOf } from '../../../domain/correlation.ts';
import { requestToken } from '../../../domain/stack/request-token.ts';
import { eventHandler } from '../../../handlers/runtime/event-handler.ts';
import { linesOf, logged } from '../lines-of.ts';

const context = {} as Context;
const stackId = 'arn:aws:cloudformation:eu-west-1:100000000001:stack/app-0001/0f0f';
const token = requestToken({ campaignId: 'campaign-1', stackId }, 'forward', 1);

describe('eventHandler', () => {
  it('hands the event on as it is and gives the answer, without a word where it was about nothing', async () => {
    const handler = eventHandler('Sweep', (event: { n: number }) => Promise.resolve(event.n + 1));
    const nothing = eventHandler('Settle Event', () => Promise.resolve({ subject: null }));
    const { text } = await linesOf(async () => {
      expect(await handler({ n: 1 }, context)).toBe(2);
      await nothing({}, context);
    });
    expect(text).toBe('');
  });

  it('logs campaign, stack and correlation id of what it was about', async () => {
    const subject = { campaignId: 'campaign-1', stackId, requestToken: token, status: 'UPDATE_COMPLETE' };
    const handler = eventHandler('Settle Event', () => Promise.resolve({ subject }));
    const { text } = await linesOf(async () => handler({ id: 'event-1', detail: 'the-secret' }, context));
    expect(logged(text)).toMatchObject([
      {
        message: 'event handled',
        task: 'Settle Event',
        eventId: 'event-1',
        campaignId: 'campaign-1',
        correlationId: correlationOf('campaign-1'),
        requestToken: token,
        status: 'UPDATE_COMPLETE',
        stack: 'app-0001',
        account: '100000000001',
        region: 'eu-west-1',
      },
    ]);
    expect(text).not.toContain('the-secret');
  });

  it('knows the correlation id of an event that comes when nobody waits any more', async () => {
    const handler = eventHandler('Settle Event', () => Promise.resolve({ subject: { stackId, requestToken: token } }));
    const { text } = await linesOf(async () => handler({}, context));
    expect(logged(text)).toMatchObject([{ correlationId: correlationOf('campaign-1') }]);
  });

  it('says which event it has not believed, and why', async () => {
    const handler = eventHandler('Settle Event', () => Promise.resolve(refused('it is from elsewhere')));
    const { text } = await linesOf(async () => handler({ id: 'event-1', detail: 'the-secret' }, context));
    expect(logged(text)).toMatchObject([
      { message: 'event refused', task: 'Settle Event', eventId: 'event-1', refused: 'it is from elsewhere' },
    ]);
    expect(text).not.toContain('the-secret');
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
