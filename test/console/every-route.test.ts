import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { seedCampaign } from '../domain/fakes/seed.ts';
import { badRequestsOf, describedRequests, type ApiDocument, type Described } from './described-requests.ts';
import { ServedConsole } from './served-console.ts';

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

describe('every route of the API, as its own document names them', () => {
  const served = new ServedConsole();
  let all: readonly Described[] = [];

  beforeAll(async () => {
    await served.open();
    served.renew();
    const { body } = await served.call('GET', '/openapi.json', { as: null });
    all = describedRequests(body as unknown as ApiDocument);
    expect(all.length).toBeGreaterThan(40);
  });
  afterAll(() => served.close());
  beforeEach(async () => {
    served.renew();
    await seedCampaign(served.world);
    served.changes.length = 0;
  });

  it('exists for people and for machines alike', () => {
    const below = (root: string) =>
      all.filter(({ path }) => path.startsWith(root)).map(({ method, path }) => `${method} ${path.slice(root.length)}`);
    expect(below('/machine/')).toEqual(below('/api/'));
  });

  it('answers no method without a sign-in, and changes nothing', async () => {
    const answers: string[] = [];
    for (const { path, url, headers, body } of all)
      for (const method of everyMethod) {
        const reads = method === 'GET' || method === 'HEAD';
        const { status } = await served.call(method, url, {
          as: null,
          headers,
          ...(reads ? {} : { body: body ?? { reason: 'x' } }),
        });
        if (status !== 401) answers.push(`${method} ${path}: ${status}`);
      }
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
  });

  it('says which methods a path has to whoever tries another one, and changes nothing', async () => {
    const paths = Map.groupBy(all, ({ path }) => path);
    const answers: string[] = [];
    for (const [path, routes] of paths)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const [first] = routes;
        if (!path.startsWith('/api/') || first === undefined || routes.some((one) => one.method === method)) continue;
        const { status, type, headers } = await served.call(method, first.url);
        const allowed = routes.flatMap((one) => (one.method === 'GET' ? ['GET', 'HEAD'] : [one.method])).sort();
        const said = (headers.get('allow') ?? '').split(', ').sort();
        if (status !== 405 || !type.startsWith('application/problem+json') || said.join() !== allowed.join())
          answers.push(`${method} ${path}: ${status} ${said.join()}`);
      }
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
    expect(await served.call('GET', '/api/nothing-here')).toMatchObject({
      status: 404,
      body: { detail: 'there is no GET /api/nothing-here' },
    });
  });

  it('answers no token that is expired, for or of somebody else, unsigned or signed by another, and changes nothing', async () => {
    const other = (await generateKeyPair('ES256')).privateKey;
    const bad = {
      expired: await served.token('oidc|ana', { exp: Math.floor(Date.now() / 1000) - 600 }),
      'for somebody else': await served.token('oidc|ana', { aud: 'somebody-else' }),
      'of somebody else': await served.token('oidc|ana', { iss: 'https://evil.example.com' }),
      'signed by another': await served.token('oidc|ana', {}, other),
      unsigned: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJvaWRjfGFuYSJ9.',
    };
    const answers: string[] = [];
    for (const { method, path, url, headers, body } of all)
      for (const [what, bearer] of Object.entries(bad)) {
        const { status } = await served.call(method, url, { bearer, headers, body });
        if (status !== 401) answers.push(`${what}: ${method} ${path}: ${status}`);
      }
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
  });

  it('lets nobody do what the configuration gives to others, and changes nothing', async () => {
    const stranger = await served.token('stranger', { groups: ['somebody-else'] });
    const viewer = await served.token('stranger', { groups: ['viewers'] });
    const answers: string[] = [];
    for (const { method, path, url, headers, body } of all.filter(({ path: one }) => one.startsWith('/api/'))) {
      if (path === '/api/me') continue;
      const { status } = await served.call(method, url, { bearer: stranger, headers, body });
      if (status !== 403) answers.push(`stranger: ${method} ${path}: ${status}`);
      if (method === 'GET') continue;
      const { status: asViewer } = await served.call(method, url, { bearer: viewer, headers, body });
      if (asViewer !== 403) answers.push(`viewer: ${method} ${path}: ${asViewer}`);
    }
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
  });

  it('refuses every field that is wrong, missing, too long or unknown, names it, and changes nothing', async () => {
    const answers: string[] = [];
    let tried = 0;
    for (const described of all.filter(({ path }) => path.startsWith('/api/')))
      for (const { what, field, url, headers, body } of badRequestsOf(described)) {
        const { status, type, body: said } = await served.call(described.method, url, { headers, body });
        const named = said.errors?.some((one) => one.field === field || one.field.startsWith(`${field}.`)) ?? false;
        tried += 1;
        if (status !== 400 || !type.startsWith('application/problem+json') || !named)
          answers.push(
            `${described.method} ${described.path}: ${field} ${what}: ${status} ${JSON.stringify(said).slice(0, 200)}`,
          );
      }
    expect(answers).toEqual([]);
    expect(tried).toBeGreaterThan(100);
    expect(served.changes).toEqual([]);
    expect(served.errors).toEqual([]);
  });

  it('refuses every cursor that is none of the list, also one of another list or made up', async () => {
    const encode = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');
    const cursors = [
      'abc',
      'target-999',
      `ended:${encode({ pk: 'x' })}`,
      encode(null),
      encode(['x']),
      encode({}),
      encode({ pk: 'CAMPAIGN#campaign-1', sk: '' }),
      encode({ pk: 'TRAIL', sk: 'HEAD' }),
      encode({ pk: 'CURRENT#x', sk: 'x', ipk: 'OPEN', isk: { x: 1 } }),
      encode({ pk: 'CAMPAIGN#campaign-1', sk: 'CAMPAIGN', ipk: 'EVENTS#other', isk: 'x' }),
    ];
    const answers: string[] = [];
    const lists = all.flatMap(({ method, path, url, parameters }) =>
      parameters
        .filter(({ name }) => path.startsWith('/api/') && ['cursor', 'after'].includes(name))
        .map(({ name }) => ({
          method,
          url: `${url.replace(/(campaign=)[^&]+/, '$1campaign-1')}${url.includes('?') ? '&' : '?'}${name}=`,
        })),
    );
    expect(lists.length).toBeGreaterThan(8);
    for (const { method, url } of lists)
      for (const cursor of cursors) {
        const { status, body } = await served.call(method, `${url}${encodeURIComponent(cursor)}`);
        if (status !== 400 || body.errors === undefined) answers.push(`${url}${cursor}: ${status}`);
      }
    expect(answers).toEqual([]);
    expect(served.errors).toEqual([]);
  });

  it('refuses bodies that are too large or no JSON, before anybody reads them', async () => {
    const answers: string[] = [];
    for (const { method, path, url, headers } of all.filter(
      (one) => one.body !== undefined && one.path.startsWith('/api/'),
    )) {
      const large = JSON.stringify({ reason: 'x'.repeat(20_000) });
      const about = async (wanted: number, body: string, over: Record<string, string> = {}): Promise<void> => {
        const { status } = await served.call(method, url, { headers: { ...headers, ...over }, body });
        if (status !== wanted) answers.push(`${method} ${path}: ${status} instead of ${wanted}`);
      };
      await about(413, large);
      await about(400, '{"reason":');
      await about(415, 'reason=x', { 'content-type': 'application/x-www-form-urlencoded' });
      await about(415, '{"reason":"x"}', { 'content-type': 'text/plain' });
    }
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
  });
});
