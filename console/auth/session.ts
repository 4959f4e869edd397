import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import type { Caller } from '../../domain/access/caller.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Sealer } from './sealed.ts';

const sessionSchema = z.object({
  subject: z.string(),
  groups: z.array(z.string()),
  name: z.string(),
  /** What forms of this session carry, and forms of other sites cannot know. */
  csrf: z.string(),
});

/** Somebody who has signed in with a browser. */
export type Session = z.infer<typeof sessionSchema>;

/** A working day; then the identity provider is asked again. */
const sessionSeconds = 8 * 3600;
const loginSeconds = 600;

const secure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';

/** The prefix binds a cookie to this host and to TLS; browsers refuse it without TLS, as on this machine. */
const nameOf = (c: Context, name: string): string => `${secure(c) ? '__Host-' : ''}ami-rollout-${name}`;

const put = (c: Context, name: string, value: string, maxAge: number): void =>
  setCookie(c, nameOf(c, name), value, {
    httpOnly: true,
    // Lax: the link in a message and the way back from the identity provider find it, posts of other sites do not.
    sameSite: 'Lax',
    secure: secure(c),
    path: '/',
    maxAge,
  });

/** The groups that the configuration speaks of. */
export const groupsNamed = ({ console }: Configuration): readonly string[] =>
  Object.values(console.access).flatMap((grant) => grant.groups);

/**
 * The cookies that the pages hand to a browser; sealed, and unreadable to its scripts.
 *
 * @param known - Of a person's groups only these are kept: a cookie holds 4 KB.
 */
export const sessions = ({ seal, open }: Sealer, known: () => readonly string[]) => ({
  begin: async (c: Context, caller: Extract<Caller, { kind: 'oidc' }>, name: string): Promise<void> => {
    const named = new Set(known());
    const groups = caller.groups.filter((group) => named.has(group));
    const session: Session = { subject: caller.subject, groups, name, csrf: crypto.randomUUID() };
    put(c, 'session', await seal('session', session, sessionSeconds), sessionSeconds);
  },
  find: async (c: Context): Promise<Session | undefined> =>
    sessionSchema.safeParse(await open('session', getCookie(c, nameOf(c, 'session')))).data,
  end: (c: Context): void => void deleteCookie(c, nameOf(c, 'session'), { path: '/', secure: secure(c) }),
  /** What the way to the identity provider and back must not lose. */
  keepLogin: async (c: Context, login: Readonly<Record<string, string>>): Promise<void> =>
    put(c, 'login', await seal('login', { ...login }, loginSeconds), loginSeconds),
  takeLogin: async (c: Context): Promise<unknown> => {
    const login = await open('login', getCookie(c, nameOf(c, 'login')));
    deleteCookie(c, nameOf(c, 'login'), { path: '/', secure: secure(c) });
    return login;
  },
});

export type Sessions = ReturnType<typeof sessions>;

/** The caller that a session stands for. */
export const callerOfSession = ({ subject, groups }: Session): Caller => ({ kind: 'oidc', subject, groups });
