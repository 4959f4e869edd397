import { personOf } from '../../domain/access/caller.ts';
import type { Approval } from '../../domain/records/approval.ts';
import { formOf } from '../auth/csrf.ts';
import { ProblemError } from '../problem.ts';
import { listOf, stackSchema } from '../schemas/campaign.ts';
import { approvalView } from '../views/approval.ts';
import type { Frame } from '../views/layout.ts';
import { campaignPath } from '../views/words.ts';
import type { PageContext, PageRoutes, PagesOptions } from './pages-env.ts';
import { done, type Reader } from './reader.ts';
import { withQuery } from './with-query.ts';

const stackList = listOf(stackSchema);

/** Why the reader cannot decide; null: he can. */
const barredBy = (
  person: string | null,
  starter: string,
  { mayApprove, decisions }: { readonly mayApprove: boolean; readonly decisions: Approval['decisions'] },
): string | null => {
  if (!mayApprove) return 'You may not approve.';
  if (person === null) return 'The configuration does not know you as a person: only people of it approve.';
  if (person === starter)
    return 'You have started this campaign: somebody else has to approve it. You can still halt or abort it.';
  return decisions.some((one) => one.person === person) ? 'You have decided already.' : null;
};

/** The page of an approval, and the decision on it. */
export const approvalPages = (
  routes: PageRoutes,
  { ports, ask }: PagesOptions,
  { caller, may, shown, statusOf, verdicts }: Reader,
): void => {
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
    const { decisions } = approval;
    const barred = barredBy(person, status.starter, { mayApprove: allowed.includes('approve'), decisions });
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
};
