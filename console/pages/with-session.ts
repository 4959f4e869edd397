import { createMiddleware } from 'hono/factory';
import { isFormOf } from '../auth/csrf.ts';
import type { Sessions } from '../auth/session.ts';
import { notice } from '../views/notice.ts';
import type { PagesEnv } from './pages-env.ts';
import { withQuery } from './with-query.ts';

/**
 * Lets nobody pass who has no session; and nothing that changes something but the session's own forms.
 *
 * @param url - Where browsers reach the console; null: where the request has come to.
 */
export const withSession = (sessions: Sessions, url: () => string | null) =>
  createMiddleware<PagesEnv>(async (c, next) => {
    const session = await sessions.find(c);
    if (session === undefined) {
      if (c.req.method === 'GET' || c.req.method === 'HEAD') {
        const url = new URL(c.req.url);
        return c.redirect(withQuery('/auth/login', { to: `${url.pathname}${url.search}` }), 302);
      }
      const link = { href: '/auth/login', text: 'Sign in' };
      return c.html(notice({ title: 'Sign in', text: 'Nothing was changed: nobody is signed in.', link }), 401);
    }
    c.set('session', session);
    const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (changes && !(await isFormOf(c, session, url())))
      return c.html(
        notice({
          title: 'Not accepted',
          text: 'Nothing was changed: the form is none of this session. Load its page again.',
          session,
        }),
        403,
      );
    return next();
  });
