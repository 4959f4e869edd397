import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { actorOf, identityOf, type Caller } from '../../domain/access/caller.ts';
import { abort } from '../../domain/halt/abort.ts';
import { halt, type OperatorAnswer } from '../../domain/halt/halt.ts';
import { resume } from '../../domain/halt/resume.ts';
import { decide } from '../../domain/ring/decide.ts';
import { everything } from '../../domain/store/halts.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { approvalBody, decidedSchema } from '../schemas/campaign.ts';
import { answers, campaignParams, conflict, jsonBody, notFound, problems } from '../schemas/common.ts';
import { reasonBody } from '../schemas/reason-body.ts';
import { requireCampaign } from './require-campaign.ts';
import { router } from './router.ts';

const doneSchema = z.object({ message: z.string() }).openapi('Done');

const words = {
  halt: 'Halt: no new stack is claimed, what is in flight goes on',
  resume: 'Resume what is halted',
  abort: 'Abort: everything that was touched is put back',
} as const;
type Action = keyof typeof words;

/** Everything that people decide: approvals; halt, resume and abort. */
export const decisions = (ports: ConsolePorts) => {
  const responses = { ...problems, ...notFound, ...conflict };
  const approval = createRoute({
    method: 'post',
    path: '/campaigns/{id}/approval',
    summary: 'Approve or reject a ring',
    description:
      'Once for each person; never by the starter. A late or second answer is told so with 409 and changes nothing.',
    middleware: [permitted('approve', ports.configuration)],
    request: { params: campaignParams, body: jsonBody(approvalBody) },
    responses: { 200: answers(decidedSchema, 'The decision is recorded.'), ...responses },
  });
  const action = <A extends Action, P extends string>(what: A, path: P) =>
    createRoute({
      method: 'post',
      path,
      summary: words[what],
      middleware: [permitted('halt', ports.configuration)],
      request: { body: jsonBody(reasonBody) },
      responses: { 200: answers(doneSchema, 'It is done.'), ...responses },
    });
  const does = { halt: halt(ports), resume: resume(ports), abort: abort(ports) };
  const perform = async (what: Action, scope: string, caller: Caller, why: string): Promise<OperatorAnswer> => {
    const request = {
      scope,
      who: actorOf(caller, ports.configuration().people),
      identity: identityOf(caller),
      reason: why,
    };
    const answer = await does[what](request);
    if (!answer.accepted) throw new ProblemError(409, answer.message);
    return answer;
  };

  const routes = router().openapi(approval, async (c) => {
    const { id } = c.req.valid('param');
    const { ring, decision, reason: why, planHash } = c.req.valid('json');
    await requireCampaign(ports, id);
    const answer = await decide(ports)({
      campaignId: id,
      ring,
      decision,
      reason: why,
      planHash: planHash ?? null,
      caller: c.get('caller'),
    });
    if (!answer.accepted) throw new ProblemError(409, answer.message);
    return c.json({ message: answer.message, state: answer.state }, 200);
  });
  for (const what of ['halt', 'resume', 'abort'] as const) {
    const own = action(what, `/campaigns/{id}/${what}`);
    routes.openapi({ ...own, request: { ...own.request, params: campaignParams } }, async (c) => {
      const { id } = c.req.valid('param');
      await requireCampaign(ports, id);
      const { message } = await perform(what, id, c.get('caller'), c.req.valid('json').reason);
      return c.json({ message }, 200);
    });
  }
  for (const what of ['halt', 'resume'] as const) {
    const all = action(what, `/${what}`);
    routes.openapi({ ...all, summary: `${words[what]}: all campaigns` }, async (c) => {
      const { message } = await perform(what, everything, c.get('caller'), c.req.valid('json').reason);
      return c.json({ message }, 200);
    });
  }
  return routes;
};
