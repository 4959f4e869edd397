import { createMiddleware } from 'hono/factory';
import type { ConsoleEnv } from '../env.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** What a browser is told of every page: nothing inline, nothing from elsewhere, nobody frames it, no address leaves it. */
export const pageHeaders = createMiddleware<ConsoleEnv>(async (c, next) => {
  c.header('content-security-policy', policy);
  c.header('referrer-policy', 'same-origin');
  c.header('x-frame-options', 'DENY');
  c.header('cross-origin-opener-policy', 'same-origin');
  if (new URL(c.req.url).protocol === 'https:') c.header('strict-transport-security', 'max-age=31536000');
  await next();
});
