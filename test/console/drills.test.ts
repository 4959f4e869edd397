import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ServedConsole, type Answer } from './served-console.ts';

describe('drills over HTTP', () => {
  const served = new ServedConsole();
  const drill = (body: object, as = 'oidc|ana', key = 'key-of-mine'): Promise<Answer> =>
    served.call('POST', '/api/drills', { as, body, headers: { 'idempotency-key': key } });

  beforeAll(() => served.open());
  afterAll(() => served.close());
  beforeEach(() => served.renew());

  it('start a campaign that knows which stack it drills, and who asked', async () => {
    const answer = await drill({ stack: 'staging-drill', reason: 'monthly' });
    expect(answer).toMatchObject({ status: 202, body: { starter: 'ana' } });
    expect(served.world.executions.started.map(({ input }) => input)).toEqual([
      { drill: 'staging-drill', reason: 'monthly' },
    ]);
    expect(answer.headers.get('location')).toMatch(/^\/api\/campaigns\/drill-staging-drill-[0-9a-f]{12}$/);
  });

  it('need no name where one stack is designated', async () => {
    expect((await drill({})).status).toBe(202);
    expect(served.world.executions.started.map(({ input }) => input)).toEqual([{ drill: 'staging-drill' }]);
  });

  it('are one however often the same key asks, and no other', async () => {
    const once = await drill({});
    expect((await drill({})).body).toEqual(once.body);
    expect(await drill({ reason: 'another one' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('was used for another start') },
    });
  });

  it('are refused for a stack that nobody has designated, before anything is started', async () => {
    expect(await drill({ stack: 'app-1' })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('app-1 is not designated for drills') },
    });
    expect(served.changes).toEqual([]);
  });

  it('are refused to whom the configuration does not let, though they may look', async () => {
    const bearer = await served.token('oidc|stranger', { groups: ['viewers'] });
    const answer = await served.call('POST', '/api/drills', {
      bearer,
      body: {},
      headers: { 'idempotency-key': 'key-of-mine' },
    });
    expect(answer.status).toBe(403);
    expect(served.changes).toEqual([]);
  });
});
