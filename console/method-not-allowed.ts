import type { Context, Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ConsoleEnv } from './env.ts';
import { problem } from './problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Whether a route is there for the request, beside the middleware that every request passes. */
export const hasRoute = (c: Context): boolean => matchedRoutes(c).some(({ method }) => method !== 'ALL');

/** The answer where no route fits: 405 with the methods that the path has, else 404. */
export const noSuchRoute =
  (app: Pick<Hono<ConsoleEnv>, 'router'>) =>
  (c: Context): Response => {
    const { method, path } = c.req;
    const has = (one: string): boolean => app.router.match(one, path)[0].some(([[, route]]) => route.method === one);
    const allowed = methods.filter(has);
    if (allowed.length === 0) return problem(c, 404, `there is no ${method} ${path}`);
    const all = allowed.flatMap((one) => (one === 'GET' ? [one, 'HEAD'] : [one]));
    c.header('allow', all.join(', '));
    return problem(c, 405, `${path} takes ${all.join(', ')}, not ${method}`);
  };
