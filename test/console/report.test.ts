import { beforeEach, describe, expect, it } from '@jest/globals';
import { createConsole } from '../../console/app.ts';
import type { Identify } from '../../console/auth/identify.ts';
import { NotSignedIn } from '../../console/auth/identify.ts';
import { report } from '../../domain/campaign/report.ts';
import { accessForPeople, aConfiguration } from '../domain/fakes/configuration.ts';
import { seedCampaign, seedStacks } from '../domain/fakes/seed.ts';
import { aStackRecord } from '../domain/fakes/stack-record.ts';
import { aWorld } from '../domain/fakes/world.ts';

const byName: Identify = (c) => {
  const subject = c.req.header('authorization') ?? '';
  return subject === ''
    ? Promise.reject(new NotSignedIn('say who you are'))
    : Promise.resolve({ kind: 'oidc', subject, groups: [] });
};

describe('GET /campaigns/{id}/report', () => {
  let app: ReturnType<typeof createConsole>;
  const ask = (path: string, as = 'oidc|ana') =>
    app.request(`/api${path}`, { headers: as === '' ? {} : { authorization: as } });

  beforeEach(async () => {
    const world = aWorld({ console: { url: null, oidc: null, access: accessForPeople } });
    await seedCampaign(world, { conclusion: 'RESTORED', reason: '<b>broken</b>' });
    await seedStacks(world, aStackRecord({ status: 'done' }));
    await report(world)({ campaignId: 'campaign-1', failure: null });
    await seedCampaign(world, { campaignId: 'campaign-2' });
    const configuration = aConfiguration();
    app = createConsole({
      ports: { ...world, configuration: () => configuration },
      people: byName,
      machines: byName,
      onError: (error) => {
        throw error;
      },
    });
  });

  it.each([
    ['', 'application/json', '"outcome":"RESTORED"'],
    ['?format=json', 'application/json', '"schemaVersion":1'],
    ['?format=text', 'text/plain; charset=utf-8', 'Why: <b>broken</b>'],
    ['?format=html', 'text/html; charset=utf-8', 'Why: &lt;b&gt;broken&lt;/b&gt;'],
  ])('gives it%s as %s', async (query, type, part) => {
    const answer = await ask(`/campaigns/campaign-1/report${query}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(await answer.text()).toContain(part);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
  });

  it('is linked from the status, once there is one', async () => {
    expect(await (await ask('/campaigns/campaign-1')).json()).toMatchObject({
      report: '/api/campaigns/campaign-1/report',
    });
    expect(await (await ask('/campaigns/campaign-2')).json()).toMatchObject({ report: null });
  });

  it.each([
    ['/campaigns/campaign-2/report', 'oidc|ana', 404, 'has not ended'],
    ['/campaigns/none/report', 'oidc|ana', 404, 'there is no campaign none'],
    ['/campaigns/campaign-1/report?format=pdf', 'oidc|ana', 400, 'format must be one of html, text, json'],
    ['/campaigns/campaign-1/report?form=html', 'oidc|ana', 400, 'form is unknown here'],
    ['/campaigns/campaign-1/report', '', 401, 'say who you are'],
    ['/campaigns/campaign-1/report', 'oidc|stranger', 403, ''],
  ])('refuses %s for %s: %d', async (path, as, status, part) => {
    const answer = await ask(path, as);
    expect({ status: answer.status, says: await answer.text() }).toEqual({
      status,
      says: expect.stringContaining(part),
    });
  });
});
