import { createHash } from 'node:crypto';
import * as z from '../zod.ts';
import { permissions, type Permission } from '../../domain/configuration/access.ts';
import { verdictsOf, type StoredVerdict } from '../../domain/store/verdicts.ts';
import { callerOfSession } from '../auth/session.ts';
import { campaignStatus } from '../schemas/campaign.ts';
import { page, type Frame } from '../views/layout.ts';
import { campaignPath } from '../views/words.ts';
import type { PageContext, PagesOptions } from './pages-env.ts';

const me = z.object({ permissions: z.array(z.enum(permissions)) });

/** What the API answers to a decision. */
export const done = z.object({ message: z.string() });

/** What every page does: find out who reads, ask the API for them, and show what it says. */
export const reader = ({ ports, ask }: Pick<PagesOptions, 'ports' | 'ask'>) => {
  const caller = (c: PageContext) => callerOfSession(c.get('session'));
  return {
    caller,
    /** A page, or nothing where the reader's browser has this very text already. */
    shown: async (c: PageContext, frame: Omit<Frame, 'session' | 'families'>, status: 200 | 409 = 200) => {
      const families = ports.configuration().families.map(({ name }) => name);
      const text = String(await page({ ...frame, session: c.get('session'), families }));
      const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
      c.header('etag', etag);
      if (status === 200 && c.req.header('if-none-match') === etag) return c.body(null, 304);
      return c.html(text, status);
    },
    may: async (c: PageContext): Promise<readonly Permission[]> => (await ask(caller(c), '/me', me)).permissions,
    statusOf: (c: PageContext, id: string) => ask(caller(c), campaignPath(id), campaignStatus),
    verdicts: (id: string): Promise<StoredVerdict[]> => Array.fromAsync(verdictsOf(ports, id)),
  };
};

export type Reader = ReturnType<typeof reader>;
