import { Hono } from 'hono';
import type { Session } from '../auth/session.ts';
import { ProblemError } from '../problem.ts';
import { notice } from '../views/notice.ts';
import { approvalPages } from './approval-pages.ts';
import { campaignPages } from './campaign-pages.ts';
import { fleetPages } from './fleet-pages.ts';
import { pageHeaders } from './page-headers.ts';
import type { PageContext, PageRoutes, PagesEnv, PagesOptions } from './pages-env.ts';
import { reader } from './reader.ts';
import { startPages } from './start-pages.ts';
import { withSession } from './with-session.ts';

const paths = ['/', '/start', '/campaigns/*', '/families/*', '/drift', '/states', '/local/*'];

/** The pages of operators. Each needs a session; what changes something needs the session's own form besides. */
export const pages = (options: PagesOptions): PageRoutes => {
  const routes = new Hono<PagesEnv>();
  for (const path of paths) {
    routes.use(path, pageHeaders);
    routes.use(
      path,
      withSession(options.sessions, () => options.ports.configuration().console.url),
    );
  }
  routes.onError((error, c) => {
    const session = (c as PageContext).get('session') as Session | undefined;
    const known = error instanceof ProblemError;
    if (!known) options.onError(error, c.req.path);
    const text = known ? error.message : 'Something unexpected went wrong; the log of the console has it.';
    const link = { href: '/', text: 'Campaigns' };
    const body = notice({ title: 'This did not work', text, session: session ?? null, link });
    return c.html(body, known ? (error.status as 400) : 500);
  });
  for (const part of [startPages, campaignPages, approvalPages, fleetPages]) part(routes, options, reader(options));
  return routes;
};
