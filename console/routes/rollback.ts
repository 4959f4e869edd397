import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { actorOf, identityOf } from '../../domain/access/caller.ts';
import type { RollbackAnswer } from '../../domain/restore/rollback-answer.ts';
import { previewRollback, rollback as rollBack } from '../../domain/restore/rollback.ts';
import type { RollbackSelection } from '../../domain/restore/select-campaigns.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { answers, campaignParams, conflict, imageIdText, jsonBody, notFound, problems } from '../schemas/common.ts';
import { reasonBody } from '../schemas/reason-body.ts';
import { rollbackSchema } from '../schemas/rollback.ts';
import { router } from './router.ts';

const imageParams = z.object({ image: imageIdText.openapi({ param: { name: 'image', in: 'path' } }) });

/** A refusal in the terms of HTTP. */
const accepted = ({ accepted: isAccepted, message, campaigns }: RollbackAnswer): z.infer<typeof rollbackSchema> => {
  if (campaigns.length === 0) throw new ProblemError(404, message);
  if (!isAccepted) throw new ProblemError(409, message);
  return rollbackSchema.parse({ message, campaigns });
};

/** Puts back what a campaign, or every campaign with an image, has moved: what it would mean, and doing it. */
export const rollback = (ports: ConsolePorts) => {
  const look = (what: string) => ({
    method: 'get' as const,
    summary: `What a rollback of ${what} means, and how far it is; changes nothing`,
    middleware: [permitted('read', ports.configuration)],
    responses: { 200: answers(rollbackSchema, 'How each campaign stands.'), ...problems, ...notFound },
  });
  const act = (what: string) => ({
    method: 'post' as const,
    summary: `Roll back: put every stack back that ${what} has moved, also after it has ended`,
    description: 'Doing it again goes on with what has begun.',
    middleware: [permitted('halt', ports.configuration)],
    responses: { 200: answers(rollbackSchema, 'The restore is started.'), ...problems, ...notFound, ...conflict },
  });
  const body = jsonBody(reasonBody);
  const previewCampaign = createRoute({
    ...look('a campaign'),
    path: '/campaigns/{id}/rollback',
    request: { params: campaignParams },
  });
  const startCampaign = createRoute({
    ...act('the campaign'),
    path: '/campaigns/{id}/rollback',
    request: { params: campaignParams, body },
  });
  const previewImage = createRoute({
    ...look('every campaign that has brought an image, by its id in any region'),
    path: '/images/{image}/rollback',
    request: { params: imageParams },
  });
  const startImage = createRoute({
    ...act('any campaign that has brought the image'),
    path: '/images/{image}/rollback',
    request: { params: imageParams, body },
  });
  const preview = async (selection: RollbackSelection) => accepted(await previewRollback(ports)(selection));
  const start = async (selection: RollbackSelection, caller: Parameters<typeof identityOf>[0], reason: string) =>
    accepted(
      await rollBack(ports)({
        selection,
        person: actorOf(caller, ports.configuration().people),
        identity: identityOf(caller),
        reason,
      }),
    );
  return router()
    .openapi(previewCampaign, async (c) => c.json(await preview({ campaignId: c.req.valid('param').id }), 200))
    .openapi(startCampaign, async (c) =>
      c.json(await start({ campaignId: c.req.valid('param').id }, c.get('caller'), c.req.valid('json').reason), 200),
    )
    .openapi(previewImage, async (c) => c.json(await preview({ imageId: c.req.valid('param').image }), 200))
    .openapi(startImage, async (c) =>
      c.json(await start({ imageId: c.req.valid('param').image }, c.get('caller'), c.req.valid('json').reason), 200),
    );
};
