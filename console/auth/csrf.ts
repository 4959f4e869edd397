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

/** Whether a post comes from a form of this very session, and from this site where the browser says from where. */
export const isFormOf = async (c: Context, session: Session): Promise<boolean> => {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const { csrf = '' } = await formOf(c);
  return csrf !== '' && timingSafeEqual(csrf, session.csrf);
};
