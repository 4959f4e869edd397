import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConsole } from '../../console/app.ts';
import { NotSignedIn, type Identify } from '../../console/auth/identify.ts';
import type { CustomGate } from '../../domain/configuration/custom-gate.ts';
import { ageLimit } from '../../domain/gating/age-limit.ts';
import { askGate } from '../../domain/gating/custom/ask-gate.ts';
import { customGates } from '../../domain/gating/custom/custom-gates.ts';
import { tagCheck } from '../../domain/gating/tag-check.ts';
import type { Campaign } from '../../domain/records/campaign.ts';
import { runCli } from '../cli/run-cli.ts';
import { accessForPeople, aConfiguration } from '../domain/fakes/configuration.ts';
import { anImage } from '../domain/fakes/images.ts';
import { hub, newImage } from '../domain/fakes/names.ts';
import { seedCampaign } from '../domain/fakes/seed.ts';
import { aWorld, type World } from '../domain/fakes/world.ts';

interface Use {
  readonly gate: string;
  readonly runs: number;
}

const custom: CustomGate[] = ['smoke', 'licences'].map((name) => ({
  name,
  asks: { kind: 'function', arn: `arn:${name}` },
  timeoutSeconds: 600,
}));
const { gates } = aConfiguration();
const { hotfix } = gates.policies;
const settings = aConfiguration({
  gates: { ...gates, custom, policies: { ...gates.policies, hotfix: { ...hotfix, skip: ['Age Limit'] } } },
  console: {
    url: null,
    oidc: null,
    access: { ...accessForPeople, read: { people: ['*'], groups: [], principals: [] } },
  },
});

const byName: Identify = (c) => {
  const subject = c.req.header('authorization')?.replace('Bearer ', '') ?? '';
  return subject === ''
    ? Promise.reject(new NotSignedIn('say who you are'))
    : Promise.resolve({ kind: 'oidc', subject, groups: [] });
};

/** A campaign whose gates take their time: 10 seconds for each question to EC2, 90 for the smoke test. */
const judge = async (world: World, over: Partial<Campaign>): Promise<void> => {
  const { campaignId, category } = await seedCampaign(world, over);
  const task = { campaignId, image: { id: newImage, region: hub.region }, category };
  await tagCheck(world)(task);
  await ageLimit(world)(task);
  await customGates(world)({ ...task, taskToken: `token-${campaignId}` });
  for (const { functionName, payload } of world.functions.queued.splice(0))
    if (functionName === 'ask-custom-gate')
      await askGate(world)(payload as { campaignId: string; gate: string }).catch(() => undefined);
};

describe('what the gates did', () => {
  let server: Server;
  let base = '';

  beforeAll(async () => {
    const world = { ...aWorld(), configuration: () => settings };
    const { find } = world.images;
    world.images.find = (...asked) => {
      world.clock.advance(1 / 6);
      return find(...asked);
    };
    world.functions.onCall = (arn) => {
      world.clock.advance(1.5);
      const passed = arn !== 'arn:smoke';
      return Promise.resolve({ passed, reasons: passed ? [] : ['no login page', 'no logo'], evidence: {} });
    };
    world.images.put(anImage());
    await judge(world, { campaignId: 'first', startedAt: '2026-08-01T10:00:00.000Z', outcome: 'REJECTED' });
    await judge(world, { campaignId: 'second', startedAt: '2026-11-01T10:00:00.000Z', family: 'gone' });
    await judge(world, { campaignId: 'third', startedAt: '2026-11-22T10:00:00.000Z', category: 'hotfix' });
    const app = createConsole({ ports: world, people: byName, machines: byName, onError: () => undefined });
    server = createServer((request, response) => void getRequestListener(app.fetch)(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const ask = async (path: string, as = 'oidc|ana') => {
    const response = await fetch(`${base}${path}`, as === '' ? {} : { headers: { authorization: `Bearer ${as}` } });
    return { status: response.status, body: (await response.json()) as never };
  };
  const cli = (...args: string[]) =>
    runCli(['gates', '--endpoint', base, ...args], { env: { AMI_ROLLOUT_TOKEN: 'oidc|ana' } });

  it.each(['/api', '/machine'])('is answered below %s, for every gate that there is', async (root) => {
    const { status, body } = await ask(`${root}/gates`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ campaigns: 2, next: null });
    expect((body as { items: Use[] }).items.map(({ gate, runs }) => [gate, runs])).toEqual([
      ['Resolve Images', 0],
      ['Tag Check', 2],
      ['Inspector Scan', 0],
      ['Age Limit', 1],
      ['Custom Gates', 2],
      ['Recheck Gates', 0],
      ['smoke', 2],
      ['licences', 2],
    ]);
  });

  it('counts runs, rejections and what was skipped by whom, with the median and the last rejection', async () => {
    const { body } = await ask('/api/gates?since=2026-01-01');
    const use = (name: string) => (body as { items: Use[] }).items.find(({ gate }) => gate === name);
    expect(use('Tag Check')).toMatchObject({
      runs: 3,
      rejections: 1,
      medianSeconds: 10,
      lastRejection: {
        campaignId: 'second',
        image: newImage,
        reason: 'Family gone was taken out of the configuration: put it back or name another one.',
      },
      skipped: {},
    });
    expect(use('Age Limit')).toMatchObject({ runs: 2, rejections: 1, skipped: { hotfix: 1 } });
    expect(use('Custom Gates')).toMatchObject({ runs: 3, rejections: 3, custom: false });
    expect(use('smoke')).toMatchObject({
      custom: true,
      runs: 3,
      rejections: 3,
      medianSeconds: 90,
      lastRejection: { campaignId: 'third', reason: 'Custom gate smoke: no login page', code: 'gate-refused' },
    });
    expect(use('licences')).toMatchObject({ custom: true, runs: 3, rejections: 0, lastRejection: null });
  });

  it('reads no more campaigns at once than it was asked to, and goes on from there', async () => {
    const seen: number[] = [];
    let cursor = '';
    do {
      const { body } = await ask(`/api/gates?since=2026-01-01&limit=1${cursor && `&cursor=${cursor}`}`);
      const { campaigns, next } = body as { campaigns: number; next: string | null };
      seen.push(campaigns);
      cursor = next ?? '';
    } while (cursor !== '');
    expect(seen.reduce((a, b) => a + b)).toBe(3);
    expect(Math.max(...seen)).toBe(1);
  });

  it('keeps to a family and a day', async () => {
    expect((await ask('/api/gates?family=gone')).body).toMatchObject({ campaigns: 1 });
    expect((await ask('/api/gates?since=2026-11-22T10:00:00Z')).body).toMatchObject({ campaigns: 1 });
    expect((await ask('/api/gates?since=2026-11-22T10:00:01Z')).body).toMatchObject({ campaigns: 0 });
  });

  it.each(['since=yesterday', 'since=2026-02-31T99:00:00Z', 'limit=0', 'families=x'])('refuses ?%s', async (query) => {
    const { status, body } = await ask(`/api/gates?${query}`);
    expect(status).toBe(400);
    expect((body as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual([query.split('=')[0]]);
  });

  it('is for those who may look', async () => {
    expect((await ask('/api/gates', '')).status).toBe(401);
    expect((await ask('/api/gates', 'stranger')).status).toBe(403);
  });

  it('is printed by the command line as a table, and as JSON', async () => {
    const table = await cli('--since', '2026-01-01');
    expect(table).toMatchObject({ code: 0, stderr: '' });
    const lines = table.stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines[0]).toEqual(['gate', 'runs', 'rejections', 'median', 'skipped', 'last rejection']);
    expect(lines).toContainEqual(['Resolve Images', '0', '0']);
    expect(lines).toContainEqual([
      'smoke (custom)',
      '3',
      '3',
      '2 min',
      expect.stringMatching(/^2026-\S+ ami-\S+: Custom gate smoke: no login page$/),
    ]);
    const json = await cli('--family', 'gone', '--json');
    expect(JSON.parse(json.stdout)).toContainEqual(
      expect.objectContaining({ gate: 'Tag Check', runs: 1, rejections: 1 }),
    );
    expect(await cli('--since', 'yesterday')).toMatchObject({ code: 1, stderr: expect.stringContaining('since') });
  });
});
