import { Hono } from 'hono';
import * as z from 'zod';
import type { ConsoleEnv } from '../env.ts';
import { notice } from '../views/notice.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import { SignInFailed, type IdentityProvider } from './provider.ts';
import { isFormOf } from './csrf.ts';
import type { Sessions } from './session.ts';

const loginSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

/** A path of ours; anything that could lead elsewhere is the start page. */
const ownPath = (to: string | undefined, origin: string): string => {
  if (!to?.startsWith('/')) return '/';
  const url = URL.parse(to, origin);
  return url?.origin === origin ? `${url.pathname}${url.search}` : '/';
};

/** What the routes of sign-in need. */
export interface SignInOptions {
  readonly provider: IdentityProvider;
  readonly sessions: Sessions;
  /** Where browsers reach the console, as the provider knows it; null: where the request has come to. */
  readonly url: () => string | null;
  readonly onError: (error: Error, path: string) => void;
}

/** `/auth/login`, `/auth/callback`, `/auth/logout`: how a browser gets a session, and gives it back. */
export const signInRoutes = ({ provider, sessions, url, onError }: SignInOptions): Hono<ConsoleEnv> => {
  const routes = new Hono<ConsoleEnv>();
  const originOf = (requested: string): string => new URL(url() ?? requested).origin;
  routes.use('/auth/*', pageHeaders);
  routes.onError((error, c) => {
    onError(error, c.req.path);
    const text = 'The identity provider could not be asked; the log of the console says why.';
    return c.html(notice({ title: 'Not signed in', text, link: { href: '/auth/login', text: 'Try again' } }), 502);
  });
  routes.get('/auth/login', async (c) => {
    const origin = originOf(c.req.url);
    const begun = await provider.begin(`${origin}/auth/callback`, c.req.query('again') !== undefined);
    await sessions.keepLogin(c, { ...begun.login, to: ownPath(c.req.query('to'), origin) });
    return c.redirect(begun.url.href, 302);
  });
  routes.get('/auth/callback', async (c) => {
    const login = loginSchema.safeParse(await sessions.takeLogin(c)).data;
    const failed = (why: string) =>
      c.html(notice({ title: 'Not signed in', text: why, link: { href: '/auth/login', text: 'Sign in again' } }), 400);
    if (login === undefined) return failed('This sign-in was not begun in this browser, or too long ago.');
    try {
      const here = new URL(c.req.url);
      const { caller, name } = await provider.finish(
        new URL(here.search, `${originOf(c.req.url)}/auth/callback`),
        login,
      );
      await sessions.begin(c, caller, name);
      return c.redirect(login.to, 302);
    } catch (error) {
      if (error instanceof SignInFailed)
        return failed(`The identity provider's answer is not accepted: ${error.message}.`);
      throw error;
    }
  });
  routes.post('/auth/logout', async (c) => {
    const session = await sessions.find(c);
    if (session !== undefined && !(await isFormOf(c, session, url())))
      return c.html(notice({ title: 'Not accepted', text: 'The form is none of this session.' }), 403);
    sessions.end(c);
    return c.redirect('/auth/signed-out', 303);
  });
  routes.get('/auth/signed-out', (c) =>
    c.html(
      notice({
        title: 'Signed out',
        text: 'You are signed out here. The identity provider may still know you.',
        link: { href: '/auth/login?again', text: 'Sign in as somebody else' },
      }),
    ),
  );
  return routes;
};
