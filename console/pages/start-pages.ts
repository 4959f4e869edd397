import { html } from 'hono/html';
import { formOf } from '../auth/csrf.ts';
import { ProblemError } from '../problem.ts';
import { campaignSummary, listOf, startedSchema } from '../schemas/campaign.ts';
import { campaignsView } from '../views/campaigns.ts';
import { startView } from '../views/start.ts';
import { campaignPath } from '../views/words.ts';
import type { PageRoutes, PagesOptions } from './pages-env.ts';
import type { Reader } from './reader.ts';
import { withQuery } from './with-query.ts';

const campaignList = listOf(campaignSummary);

/** `/`, the list of campaigns, and `/start`. */
export const startPages = (routes: PageRoutes, { ask, extras }: PagesOptions, { caller, may, shown }: Reader): void => {
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
};
