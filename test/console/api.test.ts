import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, createLocalJWKSet, SignJWT, type CryptoKey } from 'jose';
import { createConsole } from '../../console/app.ts';
import { byBearerToken } from '../../console/auth/bearer-token.ts';
import { byGatewaySignature } from '../../console/auth/gateway.ts';
import type { ConsolePorts } from '../../console/ports.ts';
import { open } from '../../domain/campaign/open.ts';
import { approve } from '../../domain/ring/approve.ts';
import { getCampaign } from '../../domain/store/campaigns.ts';
import { findApproval } from '../../domain/store/approvals.ts';
import { seedCampaign } from '../domain/fakes/seed.ts';
import { accessForPeople, aConfiguration } from '../domain/fakes/configuration.ts';
import { newImage } from '../domain/fakes/names.ts';
import { aWorld, type World } from '../domain/fakes/world.ts';

const issuer = 'https://id.example.com';
const oidc = { issuer, audiences: ['ami-rollout'], groupsClaim: 'groups', clientId: null };
const configuration = aConfiguration({
  console: {
    url: null,
    oidc,
    access: { ...accessForPeople, read: { people: ['*'], groups: ['viewers'], principals: [] } },
  },
});

describe('the API over HTTP', () => {
  let world: World;
  let server: Server;
  let base = '';
  let key: CryptoKey;
  let listener: ReturnType<typeof getRequestListener>;
  const errors: Error[] = [];
  let jwks: ReturnType<typeof createLocalJWKSet>;

  const token = (sub: string, over: Record<string, unknown> = {}, signedBy = key): Promise<string> =>
    new SignJWT({ sub, iss: issuer, aud: 'ami-rollout', exp: Math.floor(Date.now() / 1000) + 600, ...over })
      .setProtectedHeader({ alg: 'ES256', kid: 'key' })
      .sign(signedBy);

  const call = async (
    method: string,
    path: string,
    sent: { as?: string | null; bearer?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const { as = 'oidc|ana', body, headers = {} } = sent;
    const bearer = sent.bearer ?? (as === null ? null : await token(as));
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as never };
  };
  const start = (body: unknown, as = 'oidc|ana', idempotencyKey = 'start-key-1') =>
    call('POST', '/api/campaigns', { as, body, headers: { 'idempotency-key': idempotencyKey } });

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    key = pair.privateKey;
    jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'key', alg: 'ES256' }] });
    server = createServer((request, response) => void listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    world = aWorld({ configuration: () => configuration } as never);
    errors.length = 0;
    const ports = { ...world, configuration: () => configuration } as unknown as ConsolePorts;
    const app = createConsole({
      ports,
      people: byBearerToken({ oidc, keys: jwks, now: () => new Date() }),
      machines: byGatewaySignature,
      onError: (error) => errors.push(error),
    });
    listener = getRequestListener(app.fetch);
  });

  it('starts a campaign once for each key, and knows its starter', async () => {
    const body = { imageId: newImage, reason: 'patch day' };
    const first = await start(body);
    expect(first).toMatchObject({ status: 202, body: { starter: 'ana' } });
    const { campaignId } = first.body as { campaignId: string };
    expect(first.headers.get('location')).toBe(`/api/campaigns/${campaignId}`);
    expect((await start(body)).body).toEqual(first.body);
    for (const other of [
      { ...body, reason: 'another' },
      { ...body, imageId: `${newImage.slice(0, -1)}0` },
    ])
      expect(await start(other)).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining(campaignId) as unknown },
      });
    expect((await start(body)).body).toEqual(first.body);
    expect((await start(body, 'oidc|ben')).body).not.toEqual(first.body);
    await open(world)({ campaignId, executionArn: 'arn', startedAt: '2026-11-22T12:00:00.000Z', event: body });
    expect((await getCampaign(world, campaignId)).starter).toBe('ana');
  });

  it('believes no starter for an input that was not asked for', async () => {
    const { campaignId } = (await start({ imageId: newImage })).body as { campaignId: string };
    const event = { imageId: newImage, reason: 'slipped in' };
    await open(world)({ campaignId, executionArn: 'arn', startedAt: '2026-11-22T12:00:00.000Z', event });
    expect((await getCampaign(world, campaignId)).starter).toBe('unknown');
  });

  it.each([
    [{}, 'imageId'],
    [{ imageId: 'ami-1' }, 'imageId'],
    [{ imageId: newImage, region: 'mars' }, 'region'],
    [{ imageId: newImage, family: 'a b' }, 'family'],
    [{ imageId: newImage, environments: [] }, 'environments'],
    [{ imageId: newImage, environments: ['a', 1] }, 'environments.1'],
    [{ imageId: newImage, reason: '' }, 'reason'],
    [{ imageId: newImage, dryRun: 'yes' }, 'dryRun'],
    [{ imageId: newImage, allowOlder: 1 }, 'allowOlder'],
    [{ imageId: newImage, starter: 'ben' }, 'starter'],
  ])('refuses the start %j and names %s', async (body, field) => {
    const { status, body: answer } = await start(body);
    expect(status).toBe(400);
    expect((answer as { errors: { field: string }[] }).errors.map((one) => one.field)).toEqual([field]);
  });

  it('refuses what is no JSON, too large, or without a key', async () => {
    const headers = { 'idempotency-key': 'start-key-1' };
    expect(await call('POST', '/api/campaigns', { body: '{', headers })).toMatchObject({ status: 400 });
    const large = { imageId: newImage, reason: 'x'.repeat(20_000) };
    expect(await call('POST', '/api/campaigns', { body: large, headers })).toMatchObject({ status: 413 });
    expect(
      await call('POST', '/api/campaigns', { body: 'a=1', headers: { ...headers, 'content-type': 'text/plain' } }),
    ).toMatchObject({ status: 415 });
    expect(await call('POST', '/api/campaigns', { body: { imageId: newImage } })).toMatchObject({ status: 400 });
  });

  it('refuses tokens that are expired, for others, of others, signed by others, or none', async () => {
    const other = (await generateKeyPair('ES256')).privateKey;
    const past = Math.floor(Date.now() / 1000) - 600;
    const bad = [
      await token('oidc|ana', { exp: past }),
      await token('oidc|ana', { aud: 'somebody-else' }),
      await token('oidc|ana', { iss: 'https://evil.example.com' }),
      await token('oidc|ana', {}, other),
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJvaWRjfGFuYSJ9.x',
      'nonsense',
    ];
    for (const bearer of bad) expect((await call('GET', '/api/me', { bearer })).status).toBe(401);
    expect(await call('GET', '/api/me')).toMatchObject({ status: 200, body: { person: 'ana' } });
  });

  it('lets a group do what it is given and no more', async () => {
    const bearer = await token('stranger', { groups: ['viewers'] });
    expect((await call('GET', '/api/campaigns', { bearer })).status).toBe(200);
    const body = { imageId: newImage };
    const headers = { 'idempotency-key': 'start-key-1' };
    expect((await call('POST', '/api/campaigns', { bearer, body, headers })).status).toBe(403);
    expect((await call('GET', '/api/campaigns', { bearer: await token('stranger') })).status).toBe(403);
  });

  it('answers no route and no method without a sign-in', async () => {
    const document = (await call('GET', '/openapi.json', { as: null })).body as { paths: Record<string, unknown> };
    const paths = Object.keys(document.paths);
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const url = path.replaceAll(/\{\w+\}/g, 'campaign-1');
        const sent =
          method === 'GET' ? {} : { body: { reason: 'x', imageId: newImage, ring: 'canary', decision: 'approve' } };
        expect([path, method, (await call(method, url, { as: null, ...sent })).status]).toEqual([path, method, 401]);
      }
  });

  it('counts concurrent and repeated approvals of one person once', async () => {
    await seedCampaign(world, { starter: 'unknown' });
    await approve(world)({ campaignId: 'campaign-1', ring: 'canary', planHash: 'a'.repeat(64), taskToken: 'token-1' });
    const body = { ring: 'canary', decision: 'approve', reason: 'healthy' };
    const say = (as: string) => call('POST', '/api/campaigns/campaign-1/approval', { as, body });
    const answers = await Promise.all(Array.from({ length: 5 }, () => say('oidc|ben')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect((await findApproval(world, 'campaign-1', 'canary'))?.state).toBe('open');
    expect(await say('oidc|eve')).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await say('oidc|ana')).toMatchObject({ status: 409 });
  });

  it('answers an unchanged status with 304', async () => {
    await seedCampaign(world);
    const first = await call('GET', '/api/campaigns/campaign-1');
    const etag = first.headers.get('etag') ?? '';
    expect((await call('GET', '/api/campaigns/campaign-1', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await call('GET', '/api/campaigns/nobody')).status).toBe(404);
    expect(errors).toEqual([]);
  });
});
