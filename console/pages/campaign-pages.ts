import { html } from 'hono/html';
import * as z from '../zod.ts';
import { reportFormats } from '../../domain/words.ts';
import { keptReport, reportTypes } from '../../domain/campaign/kept-report.ts';
import { latestEvents } from '../../domain/operating/list-events.ts';
import { whereabouts } from '../../domain/operating/whereabouts.ts';
import { formOf } from '../auth/csrf.ts';
import { ProblemError } from '../problem.ts';
import { reportPolicy } from '../routes/report.ts';
import { eventSchema, listOf, stackSchema } from '../schemas/campaign.ts';
import { campaignView, eventList } from '../views/campaign.ts';
import type { Frame } from '../views/layout.ts';
import { campaignPath } from '../views/words.ts';
import type { PageContext, PageRoutes, PagesOptions } from './pages-env.ts';
import { done, type Reader } from './reader.ts';
import { withQuery } from './with-query.ts';

const stackList = listOf(stackSchema);
const eventPage = listOf(eventSchema).extend({ more: z.boolean() });

const timelineShown = 40;

/** An option of a form's list; the first of the list is empty and means all. */
const chosen = (c: PageContext, name: string): string | null => {
  const value = c.req.query(name) ?? '';
  return value === '' ? null : value;
};

/** One campaign: its page, what is done to it, its report and its whole timeline. */
export const campaignPages = (
  routes: PageRoutes,
  { ports, ask, extras, machines }: PagesOptions,
  { caller, may, shown, statusOf, verdicts }: Reader,
): void => {
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
    const [stacks, events, judged, where, allowed] = await Promise.all([
      ask(caller(c), path, stackList),
      latestEvents(ports)(id, timelineShown),
      verdicts(id),
      whereabouts(ports)(id, status),
      may(c),
    ]);
    const body = campaignView({
      status,
      where,
      machine: machines().find(({ name }) => name.endsWith('-campaign'))?.definition ?? null,
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
      {
        title: `Campaign ${id}`,
        refreshSeconds: 3,
        body,
        said: said ?? null,
        ...(said ? { path: campaignPath(id) } : {}),
      },
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
  if (extras)
    routes.post('/local/break', async (c) => {
      const { stack = '', decision = '', campaign = '' } = await formOf(c);
      return acted(c, campaign, () => Promise.resolve({ message: extras.breakStack(stack, decision) }));
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
    const { items, next, more } = await ask(caller(c), path, eventPage);
    const on = withQuery(`${campaignPath(id)}/timeline`, { after: next });
    return shown(c, {
      title: `Timeline of ${id}`,
      body: html`<p><a href="${campaignPath(id)}">The campaign</a></p>
        ${eventList(items)} ${more ? html`<p><a href="${on}">Later events</a></p>` : ''}`,
    });
  });
};
