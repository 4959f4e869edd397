import type { Context } from 'hono';
import { timingSafeEqual } from 'hono/utils/buffer';
import type { Session } from './session.ts';

const mostCharacters = 64 * 1024;

/** The fields of a form; of a field that comes twice the last one. What is no form, or too large, has none. */
export const formOf = async (c: Context): Promise<Readonly<Record<string, string>>> => {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(c.req.header('content-type') ?? '')) return {};
  if (Number(c.req.header('content-length') ?? 0) > mostCharacters) return {};
  const text = await c.req.text();
  return text.length > mostCharacters ? {} : Object.fromEntries(new URLSearchParams(text));
};

/** Whether the browser says that the form was sent from this site; where it does not say, the token has to do. */
const isFromHere = (c: Context, url: string | null): boolean => {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  return origin === undefined || [c.req.url, url ?? c.req.url].some((own) => new URL(own).origin === origin);
};

/**
 * Whether a post comes from a form of this very session, and from this site where the browser says from where.
 *
 * @param url - Where browsers reach the console; null: where the request has come to.
 */
export const isFormOf = async (c: Context, session: Session, url: string | null): Promise<boolean> => {
  if (!isFromHere(c, url)) return false;
  const { csrf = '' } = await formOf(c);
  return csrf !== '' && timingSafeEqual(csrf, session.csrf);
};
