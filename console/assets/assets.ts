import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { live } from './live.ts';
import { style } from './style.ts';

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="none" stroke="#0b57b5" stroke-width="2"/><circle cx="8" cy="8" r="3" fill="#0b57b5"/></svg>';

const files = {
  'style.css': { type: 'text/css; charset=utf-8', text: style },
  'live.js': { type: 'text/javascript; charset=utf-8', text: live },
  'icon.svg': { type: 'image/svg+xml', text: icon },
} as const;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12);

/** Where a file is found; another text is another address, so that browsers may keep it. */
export const assetPath = (name: keyof typeof files): string => `/assets/${name}?v=${hashOf(files[name].text)}`;

/** The files that pages need; they say nothing of any campaign and need no sign-in. */
export const assets = (): Hono => {
  const routes = new Hono();
  for (const [name, { type, text }] of Object.entries(files))
    routes.get(`/assets/${name}`, (c) =>
      c.body(text, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }),
    );
  return routes;
};
