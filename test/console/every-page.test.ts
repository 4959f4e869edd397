import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pagePaths } from '../../infra/constructs/console-api.ts';
import { seedCampaign } from '../domain/fakes/seed.ts';
import { ServedConsole } from './served-console.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
const reads = (method: string): boolean => method === 'GET' || method === 'HEAD';

const csrf = 'the-token-of-this-session';
const ana = { subject: 'oidc|ana', groups: [], name: 'Ana', csrf };

/** All that any form has: whatever is posted with it would do something, were it let through. */
const fields = { decision: 'halt', reason: 'because', family: 'al2023-base', image: 'ami-0123456789abcdef0' };
const form = (token?: string): string =>
  new URLSearchParams({ ...fields, ...(token === undefined ? {} : { csrf: token }) }).toString();
const asForm = { 'content-type': 'application/x-www-form-urlencoded' };

describe('every page, as the app itself has them', () => {
  const served = new ServedConsole();
  /** What is there for everybody: of these alone nobody has to have signed in. */
  const isOpen = (path: string): boolean => path.startsWith('/assets/') || path.startsWith('/auth/');
  let paths: readonly string[] = [];
  let signedIn = { cookie: '' };

  beforeAll(async () => {
    await served.open();
    served.renew();
    const routes = served.routes.filter(({ method, path }) => method !== 'ALL' && !/^\/(api|machine)\//.test(path));
    paths = [...new Set(routes.map(({ path }) => path))].filter((path) => path !== '/openapi.json');
    expect(paths.length).toBeGreaterThan(12);
    signedIn = { cookie: await served.cookie(ana) };
  });
  afterAll(() => served.close());
  beforeEach(async () => {
    served.renew();
    await seedCampaign(served.world);
    served.changes.length = 0;
  });

  const urlOf = (path: string): string =>
    path.replace(':id', 'campaign-1').replace(':ring', 'canary').replace(':family', 'al2023-base');
  const pagesOf = (): readonly string[] => paths.filter((path) => !isOpen(path));
  /** The answers that are not as they should be. */
  const wrong = async (
    list: readonly string[],
    headers: Readonly<Record<string, string>>,
    body: string,
    isRight: (answer: { readonly status: number; readonly location: string }, method: string, url: string) => boolean,
    tried: readonly string[] = methods,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const path of list)
      for (const method of tried) {
        const url = urlOf(path);
        const answer = await served.send(method, url, { ...asForm, ...headers }, reads(method) ? '' : body);
        if (!isRight(answer, method, url)) found.push(`${method} ${path}: ${answer.status} ${answer.location}`);
      }
    return found;
  };

  it('is let through by the gateway, but for what only the local server has', () => {
    const patterns = pagePaths.map(
      (path) => new RegExp(`^${path.replaceAll(/\{\w+\+\}/g, '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    );
    const shut = paths.filter((path) => !path.startsWith('/local/') && !patterns.some((one) => one.test(urlOf(path))));
    expect(shut).toEqual([]);
  });

  it.each([
    ['without a session', {}],
    ['with a session that is none of ours', { cookie: 'ami-rollout-session=eyJhbGciOiJkaXIifQ.x.x.x.x' }],
  ])('shows nothing and takes nothing %s, whatever the method', async (_, headers) => {
    const answers = await wrong(pagesOf(), headers, form(csrf), ({ status, location }, method, url) =>
      reads(method)
        ? status === 302 && location === `/auth/login?to=${encodeURIComponent(url)}`
        : status === 401 && location === '',
    );
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
    expect(served.errors).toEqual([]);
  });

  it.each([
    ['a form without token', {}, undefined],
    ['a form with an empty token', {}, ''],
    ["a form with another session's token", {}, 'the-token-of-another-one'],
    ['a form sent from another site', { 'sec-fetch-site': 'cross-site' }, csrf],
    ['a form sent from a neighbour', { 'sec-fetch-site': 'same-site' }, csrf],
    ['a form of another origin', { origin: 'https://evil.example.com' }, csrf],
    ['a form of an origin that hides', { origin: 'null' }, csrf],
    ['JSON with the token', { 'content-type': 'application/json' }, csrf],
  ])('takes nothing of somebody signed in by %s, whatever the method', async (_, headers, token) => {
    const changing = methods.filter((method) => !reads(method));
    const answers = await wrong(
      pagesOf(),
      { ...signedIn, ...headers },
      form(token),
      ({ status }) => status === 403,
      changing,
    );
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
    expect(served.errors).toEqual([]);
  });

  it('changes nothing by being looked at', async () => {
    await wrong(pagesOf(), signedIn, '', () => true, ['GET', 'HEAD']);
    expect(served.changes).toEqual([]);
    expect(served.errors).toEqual([]);
  });

  it('has nothing open to everybody that changes anything', async () => {
    const open = paths.filter(isOpen);
    const answers = await wrong(open, {}, form(csrf), ({ status }) => status < 500);
    expect(answers).toEqual([]);
    expect(served.changes).toEqual([]);
    expect(served.errors).toEqual([]);
  });

  it("takes the session's own form: what is refused above would have done something", async () => {
    const post = (path: string, headers = {}) =>
      served.send('POST', path, { ...asForm, ...signedIn, ...headers }, form(csrf));
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin', origin: served.base }]) {
      served.changes.length = 0;
      expect(await post('/campaigns/campaign-1/control', headers)).toMatchObject({ status: 200 });
      expect(served.changes).not.toEqual([]);
    }
    await post('/local/break');
    expect(served.changes).toContain('break');
  });
});
