import { beforeEach, describe, expect, it } from '@jest/globals';
import { Hono } from 'hono';
import { isFormOf } from '../../../console/auth/csrf.ts';
import { sealer } from '../../../console/auth/sealed.ts';
import { sessions } from '../../../console/auth/session.ts';

const hours = 3_600_000;

describe('the session of a browser', () => {
  let now = Date.parse('2026-11-22T12:00:00.000Z');
  const withKey = (key: string) =>
    sessions(
      sealer(
        () => Promise.resolve(key),
        () => new Date(now),
      ),
      () => ['operators'],
    );
  const own = withKey('a key that is long enough');
  const other = withKey('another key, as long as the other');
  const app = new Hono()
    .get('/in', async (c) => {
      await own.begin(c, { kind: 'oidc', subject: 'ana', groups: ['operators', 'staff'] }, 'Ana');
      return c.text('in');
    })
    .get('/elsewhere', async (c) => c.json({ session: (await other.find(c)) ?? null, isForm: false }))
    .get('/out', (c) => {
      own.end(c);
      return c.text('out');
    })
    .all('/me', async (c) => {
      const session = await own.find(c);
      return c.json({ session: session ?? null, isForm: session !== undefined && (await isFormOf(c, session, null)) });
    });
  const begin = async (origin = 'https://console.example.com'): Promise<string> =>
    (await app.request(`${origin}/in`)).headers.get('set-cookie') ?? '';
  const ask = async (cookie: string, init: RequestInit = {}, path = '/me') => {
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie: cookie.split(';')[0] ?? '' };
    return (await (await app.request(`https://console.example.com${path}`, { ...init, headers })).json()) as {
      session: { subject: string; groups: string[]; csrf: string } | null;
      isForm: boolean;
    };
  };

  beforeEach(() => {
    now = Date.parse('2026-11-22T12:00:00.000Z');
  });

  it('is a cookie that no script reads, bound to this host and to TLS, and says nothing', async () => {
    const cookie = await begin();
    expect(cookie).toMatch(/^__Host-ami-rollout-session=/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('ana');
    expect(await begin('http://127.0.0.1:8080')).not.toContain('Secure');
  });

  it('knows who it is, and of the groups only those that the configuration names', async () => {
    expect((await ask(await begin())).session).toMatchObject({ subject: 'ana', groups: ['operators'] });
  });

  it('is over after eight hours, with another key, and when it was tampered with', async () => {
    const cookie = await begin();
    now += 7.9 * hours;
    expect((await ask(cookie)).session).not.toBeNull();
    now += 0.2 * hours;
    expect((await ask(cookie)).session).toBeNull();
    now -= 8 * hours;
    expect((await ask(cookie)).session).not.toBeNull();
    expect((await ask(cookie, {}, '/elsewhere')).session).toBeNull();
    const [pair = ''] = cookie.split(';');
    const middle = Math.floor(pair.length / 2);
    const forged = `${pair.slice(0, middle)}${pair[middle] === 'A' ? 'B' : 'A'}${pair.slice(middle + 1)}`;
    expect((await ask(forged)).session).toBeNull();
    expect((await ask('')).session).toBeNull();
    const gone = (await app.request('https://console.example.com/out')).headers.get('set-cookie') ?? '';
    expect(gone).toContain('Max-Age=0');
  });

  describe('takes a form', () => {
    const form = 'application/x-www-form-urlencoded';
    const post = async (
      csrf: (own: string) => string,
      headers: Record<string, string> = {},
      more = 'x',
    ): Promise<boolean> => {
      const cookie = await begin();
      const { session } = await ask(cookie);
      const body = `csrf=${encodeURIComponent(csrf(session?.csrf ?? ''))}&reason=${more}`;
      const init = { method: 'POST', body, headers: { 'content-type': form, ...headers } };
      return (await ask(cookie, init)).isForm;
    };

    it('of its own', async () => {
      expect(await post((word) => word)).toBe(true);
      expect(await post((word) => word, { 'sec-fetch-site': 'same-origin' })).toBe(true);
    });

    it('of nobody else: another word, none, another site, another kind, or too large', async () => {
      expect(await post(() => 'guessed')).toBe(false);
      expect(await post(() => '')).toBe(false);
      for (const site of ['cross-site', 'same-site', 'none'])
        expect(await post((word) => word, { 'sec-fetch-site': site })).toBe(false);
      for (const type of ['text/plain', 'multipart/form-data', 'application/json'])
        expect(await post((word) => word, { 'content-type': type })).toBe(false);
      expect(await post((word) => word, {}, 'x'.repeat(70_000))).toBe(false);
    });

    it('never with the word of another session', async () => {
      const foreign = (await ask(await begin())).session?.csrf ?? '';
      expect(await post(() => foreign)).toBe(false);
    });
  });
});
