import { driftPage, promotionHistoryPage, promotions } from '../routes/fleet.ts';
import { driftView, familyView } from '../views/fleet.ts';
import { statesView } from '../views/machine/states-view.ts';
import type { PageRoutes, PagesOptions } from './pages-env.ts';
import type { Reader } from './reader.ts';
import { withQuery } from './with-query.ts';

/** What is not about one campaign: a family's images, drift, and the machines. */
export const fleetPages = (routes: PageRoutes, { ask, machines }: PagesOptions, { caller, shown }: Reader): void => {
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
  routes.get('/states', (c) => shown(c, { title: 'States of the machines', body: statesView(machines()) }));
};
