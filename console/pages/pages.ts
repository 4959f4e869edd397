import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from '../zod.ts';
import { personOf } from '../../domain/access/caller.ts';
import { permissions, type Permission } from '../../domain/configuration/access.ts';
import { keptReport, reportTypes } from '../../domain/campaign/kept-report.ts';
import { reportFormats } from '../../domain/words.ts';
import { latestEvents } from '../../domain/operating/list-events.ts';
import { verdictsOf } from '../../domain/store/verdicts.ts';
import { formOf, isFormOf } from '../auth/csrf.ts';
import { callerOfSession, type Session, type Sessions } from '../auth/session.ts';
import type { ConsoleEnv } from '../env.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { driftPage, promotionHistoryPage, promotions } from '../routes/fleet.ts';
import { reportPolicy } from '../routes/report.ts';
import {
  campaignStatus,
  campaignSummary,
  eventSchema,
  listOf,
  startedSchema,
  stackSchema,
} from '../schemas/campaign.ts';
import { approvalView } from '../views/approval.ts';
import { campaignsView } from '../views/campaigns.ts';
import { campaignView, eventList } from '../views/campaign.ts';
import { driftView, familyView } from '../views/fleet.ts';
import { page, type Frame } from '../views/layout.ts';
import { notice } from '../views/notice.ts';
import { startView } from '../views/start.ts';
import { campaignPath } from '../views/words.ts';
import { html } from 'hono/html';
import type { Ask } from './ask.ts';
import type { Extras } from './extras.ts';
import { pageHeaders } from './page-headers.ts';

interface PagesEnv extends ConsoleEnv {
  Variables: ConsoleEnv['Variables'] & { session: Session };
}
type PageContext = Context<PagesEnv>;

/** What the pages are made of. */
export interface PagesOptions {
  readonly ports: ConsolePorts;
  readonly ask: Ask;
  readonly sessions: Sessions;
  /** What the local server adds. */
  readonly extras: Extras | null;
  readonly onError: (error: Error, path: string) => void;
}

const campaignList = listOf(campaignSummary);
const stackList = listOf(stackSchema);
const eventList_ = listOf(eventSchema).extend({ more: z.boolean() });
const me = z.object({ permissions: z.array(z.enum(permissions)) });
const done = z.object({ message: z.string() });

const timelineShown = 40;

/** An option of a form's list; the first of the list is empty and means all. */
const chosen = (c: PageContext, name: string): string | null => {
  const value = c.req.query(name) ?? '';
  return value === '' ? null : value;
};

/** A path of the API or of a page, with what the reader has chosen. */
const withQuery = (path: string, query: Readonly<Record<string, string | null | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};

/** Lets nobody pass who has no session; and nothing that changes something but the session's own forms. */
const withSession = (sessions: Sessions) =>
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
    if (changes && !(await isFormOf(c, session)))
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

/** The pages of operators. Each needs a session; what changes something needs the session's own form besides. */
export const pages = ({ ports, ask, sessions, extras, onError }: PagesOptions): Hono<PagesEnv> => {
  const routes = new Hono<PagesEnv>();
  const families = (): string[] => ports.configuration().families.map(({ name }) => name);

  for (const path of ['/', '/start', '/campaigns/*', '/families/*', '/drift', '/local/*']) {
    routes.use(path, pageHeaders);
    routes.use(path, withSession(sessions));
  }

  /** A page, or nothing where the reader's browser has this very text already. */
  const shown = async (c: PageContext, frame: Omit<Frame, 'session' | 'families'>, status: 200 | 409 = 200) => {
    const text = String(await page({ ...frame, session: c.get('session'), families: families() }));
    const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
    c.header('etag', etag);
    if (status === 200 && c.req.header('if-none-match') === etag) return c.body(null, 304);
    return c.html(text, status);
  };
  const caller = (c: PageContext) => callerOfSession(c.get('session'));
  const may = async (c: PageContext): Promise<readonly Permission[]> => (await ask(caller(c), '/me', me)).permissions;
  const statusOf = (c: PageContext, id: string) => ask(caller(c), campaignPath(id), campaignStatus);
  const verdicts = (id: string) => Array.fromAsync(verdictsOf(ports, id));

  routes.onError((error, c) => {
    const session = (c as PageContext).get('session') as Session | undefined;
    const known = error instanceof ProblemError;
    if (!known) onError(error, c.req.path);
    const text = known ? error.message : 'Something unexpected went wrong; the log of the console has it.';
    const body = notice({
      title: 'This did not work',
      text,
      session: session ?? null,
      link: { href: '/', text: 'Campaigns' },
    });
    return c.html(body, known ? (error.status as 400) : 500);
  });

  routes.get('/', async (c) => {
    const about = (cursor: string | null | undefined) =>
      ask(caller(c), withQuery('/campaigns', { cursor }), campaignList);
    const first = await about(c.req.query('cursor'));
    // Those that run are a page of their own; where it is short, the ended ones follow.
    const second =
      first.next !== null && first.items.length < 20 ? await about(first.next) : { items: [], next: first.next };
    const items = [...first.items, ...second.items];
    const { next } = second;
    const extra = extras?.welcome() ?? '';
    return shown(c, { title: 'Campaigns', refreshSeconds: 3, body: html`${extra} ${campaignsView(items, next)}` });
  });

  routes.get('/start', async (c) => {
    if (!(await may(c)).includes('start')) throw new ProblemError(403, 'You may not start campaigns.');
    const fields = {
      imageId: c.req.query('imageId') ?? '',
      region: c.req.query('region') ?? '',
      key: crypto.randomUUID(),
    };
    return shown(c, { title: 'Start a campaign', body: startView(c.get('session'), fields) });
  });
  routes.post('/start', async (c) => {
    const { imageId = '', region = '', reason = '', key = '', decision } = await formOf(c);
    const dryRun = decision === 'dryRun' ? { dryRun: true } : {};
    const body = {
      imageId: imageId.trim(),
      reason,
      ...(region.trim() === '' ? {} : { region: region.trim() }),
      ...dryRun,
    };
    const { campaignId } = await ask(caller(c), '/campaigns', startedSchema, {
      body,
      headers: { 'idempotency-key': key },
    });
    return c.redirect(campaignPath(campaignId), 303);
  });

  routes.get('/campaigns', (c) => c.redirect('/', 302));
  const campaignPage = async (c: PageContext, id: string, said?: Frame['said']) => {
    const status = await statusOf(c, id).catch((error: unknown) => {
      if (error instanceof ProblemError && error.status === 404) return undefined;
      throw error;
    });
    if (status === undefined)
      // It may just not have its record yet: whoever has started it sees it come.
      return shown(c, {
        title: id,
        refreshSeconds: 2,
        body: html`<div id="summary" data-live>
          <p>There is no campaign ${id}, or it has begun a moment ago: this page asks again.</p>
          <p><a href="${campaignPath(id)}">Ask now</a></p>
        </div>`,
      });
    const filter = { ring: chosen(c, 'ring'), status: chosen(c, 'status') };
    const path = withQuery(`${campaignPath(id)}/stacks`, { ...filter, cursor: c.req.query('cursor'), limit: '100' });
    const [stacks, events, judged, allowed] = await Promise.all([
      ask(caller(c), path, stackList),
      latestEvents(ports)(id, timelineShown),
      verdicts(id),
      may(c),
    ]);
    const body = campaignView({
      status,
      rings: ports.configuration().rings,
      verdicts: judged.sort((a, b) => (a.at < b.at ? -1 : 1)),
      stacks,
      filter,
      events,
      session: c.get('session'),
      may: allowed,
      extra: extras?.ofCampaign(id, c.get('session')) ?? '',
    });
    return shown(
      c,
      { title: `Campaign ${id}`, refreshSeconds: 3, body, said: said ?? null },
      said?.good === false ? 409 : 200,
    );
  };
  routes.get('/campaigns/:id', (c) => campaignPage(c, c.req.param('id')));

  /** Tells on the page itself how it went: a reader who loads it again does nothing twice. */
  const acted = async (c: PageContext, id: string, act: () => Promise<{ message: string }>) => {
    try {
      const { message } = await act();
      return await campaignPage(c, id, { text: message, good: true });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return campaignPage(c, id, { text: error.message, good: false });
    }
  };
  routes.post('/campaigns/:id/control', async (c) => {
    const id = c.req.param('id');
    const { decision = '', reason = '' } = await formOf(c);
    if (!['halt', 'resume', 'abort', 'rollback'].includes(decision))
      throw new ProblemError(400, 'Choose halt, resume, abort or rollback.');
    return acted(c, id, () => ask(caller(c), `${campaignPath(id)}/${decision}`, done, { body: { reason } }));
  });

  routes.get('/campaigns/:id/report', async (c) => {
    const id = c.req.param('id');
    const format = reportFormats.find((one) => one === (c.req.query('format') ?? 'html'));
    if (format === undefined) throw new ProblemError(400, `Choose one of ${reportFormats.join(', ')}.`);
    // Whoever may read the campaign may read how it ended.
    const { outcome } = await statusOf(c, id);
    if (outcome === null)
      throw new ProblemError(404, `Campaign ${id} has not ended: its report is written at its end.`);
    return c.body(await keptReport(ports, id, format), 200, {
      'content-type': reportTypes[format],
      'content-security-policy': reportPolicy,
    });
  });

  routes.get('/campaigns/:id/timeline', async (c) => {
    const id = c.req.param('id');
    const path = withQuery(`${campaignPath(id)}/events`, { after: c.req.query('after'), limit: '200' });
    const { items, next, more } = await ask(caller(c), path, eventList_);
    const on = withQuery(`${campaignPath(id)}/timeline`, { after: next });
    return shown(c, {
      title: `Timeline of ${id}`,
      body: html`<p><a href="${campaignPath(id)}">The campaign</a></p>
        ${eventList(items)} ${more ? html`<p><a href="${on}">Later events</a></p>` : ''}`,
    });
  });

  const approvalPage = async (c: PageContext, id: string, ringName: string, said?: Frame['said']) => {
    const status = await statusOf(c, id);
    const ring = status.rings.find((one) => one.ring === ringName);
    const approval = ring?.approval;
    if (!ring || !approval) throw new ProblemError(404, `Campaign ${id} asks for no approval of ring ${ringName}.`);
    const [stacks, judged, allowed] = await Promise.all([
      ask(caller(c), withQuery(`${campaignPath(id)}/stacks`, { ring: ringName, limit: '200' }), stackList),
      verdicts(id),
      may(c),
    ]);
    const person = personOf(caller(c), ports.configuration().people);
    const barred = !allowed.includes('approve')
      ? 'You may not approve.'
      : person === null
        ? 'The configuration does not know you as a person: only people of it approve.'
        : person === status.starter
          ? 'You have started this campaign: somebody else has to approve it. You can still halt or abort it.'
          : approval.decisions.some((one) => one.person === person)
            ? 'You have decided already.'
            : null;
    const body = approvalView({
      status,
      ring,
      approval,
      stacks: stacks.items,
      verdicts: judged,
      session: c.get('session'),
      barred,
    });
    const frame = { title: `Approval of ring ${ringName}`, refreshSeconds: 5, body, said: said ?? null };
    return shown(c, frame, said?.good === false ? 409 : 200);
  };
  routes.get('/campaigns/:id/approval/:ring', (c) => approvalPage(c, c.req.param('id'), c.req.param('ring')));
  routes.post('/campaigns/:id/approval/:ring', async (c) => {
    const { id, ring } = c.req.param();
    const { decision, reason = '', planHash = '' } = await formOf(c);
    try {
      const body = { ring, decision, reason, planHash };
      const { message } = await ask(caller(c), `${campaignPath(id)}/approval`, done, { body });
      return await approvalPage(c, id, ring, { text: message, good: true });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status === 404) throw error;
      return approvalPage(c, id, ring, { text: error.message, good: false });
    }
  });

  routes.get('/families/:family', async (c) => {
    const path = `/families/${encodeURIComponent(c.req.param('family'))}`;
    const [latest, history] = await Promise.all([
      ask(caller(c), `${path}/latest`, promotions),
      ask(caller(c), `${path}/history`, promotionHistoryPage),
    ]);
    return shown(c, { title: `Family ${c.req.param('family')}`, body: familyView(latest.items, history.items) });
  });
  routes.get('/drift', async (c) => {
    const path = withQuery('/drift', { cursor: c.req.query('cursor') });
    return shown(c, { title: 'Drift', body: driftView(await ask(caller(c), path, driftPage)) });
  });
  if (extras)
    routes.post('/local/break', async (c) => {
      const { stack = '', decision = '', campaign = '' } = await formOf(c);
      return acted(c, campaign, () => Promise.resolve({ message: extras.breakStack(stack, decision) }));
    });
  return routes;
};
