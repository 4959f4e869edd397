import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import type { Family } from '../../domain/configuration/family.ts';
import { builtImages } from '../../domain/operating/built-images.ts';
import { drift, driftKinds } from '../../domain/operating/drift.ts';
import { latestImage } from '../../domain/operating/latest-image.ts';
import { listCurrent, promotionHistory } from '../../domain/operating/promotion-history.ts';
import { architectures, systems } from '../../domain/words.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { adoptionSchema, listOf } from '../schemas/campaign.ts';
import { answers, familyName, notFound, paging, problems, query, regionName, wholeNumber } from '../schemas/common.ts';
import { router } from './router.ts';

const promotion = z
  .object({
    family: z.string(),
    environment: z.string(),
    account: z.string(),
    region: z.string(),
    parameter: z.string(),
    image: z.string(),
    previousImage: z.string().nullable(),
    at: z.string(),
    state: z.enum(['intended', 'promoted', 'restored', 'superseded']),
    campaignId: z.string(),
  })
  .openapi('Promotion');
/** Promotions of a family, as the API and the pages show them. */
export const promotions = listOf(promotion).openapi('PromotionPage');
/** What was promoted, with the adoption of each. */
export const promotionHistoryPage = listOf(
  promotion.extend({ adoption: adoptionSchema.nullable() }).openapi('PromotionEntry'),
).openapi('PromotionHistory');

const latestSchema = z
  .object({
    image: z.string(),
    region: z.string(),
    parameter: z.string(),
    name: z.string().nullable(),
    createdAt: z.string().nullable(),
  })
  .openapi('LatestImage');

const builtPage = listOf(
  z
    .object({
      image: z.string(),
      region: z.string(),
      name: z.string(),
      architecture: z.string(),
      builtAt: z.string(),
      isCurrent: z.boolean(),
      isRevoked: z.boolean(),
    })
    .openapi('FamilyImage'),
).openapi('FamilyImagePage');

const driftSchema = z
  .object({
    stackId: z.string(),
    stackName: z.string(),
    account: z.string(),
    region: z.string(),
    environment: z.string(),
    family: z.string(),
    image: z.string(),
    promoted: z.string().nullable(),
    ageDays: z.int().nullable(),
    kinds: z.array(z.enum(driftKinds)),
    findings: z.array(z.string()),
  })
  .openapi('Drift');
/** Stacks of some targets that drift. */
export const driftPage = listOf(driftSchema)
  .extend({
    targets: z.array(z.string()),
    remaining: z.int(),
    stacks: z.int(),
    unknown: z.array(z.object({ name: z.string(), reason: z.string() })),
  })
  .openapi('DriftPage');

const familyParams = z.object({
  family: familyName.openapi({ param: { name: 'family', in: 'path' }, example: 'al2023-base' }),
});

/** Images and the fleet: what is promoted, what its publisher has new, what drifts. */
export const fleet = (ports: ConsolePorts) => {
  const middleware = [permitted('read', ports.configuration)];
  const current = createRoute({
    method: 'get',
    path: '/families/{family}/latest',
    summary: "The family's current image, by environment and target",
    middleware,
    request: { params: familyParams, query: query({ limit: wholeNumber(1, 200, 200), cursor: paging.cursor }) },
    responses: { 200: answers(promotions, 'A page of the current images.'), ...problems, ...notFound },
  });
  const history = createRoute({
    method: 'get',
    path: '/families/{family}/history',
    summary: 'What was promoted, the latest first',
    middleware,
    request: { params: familyParams, query: query(paging) },
    responses: { 200: answers(promotionHistoryPage, 'A page of promotions.'), ...problems, ...notFound },
  });
  const built = createRoute({
    method: 'get',
    path: '/families/{family}/images',
    summary: "The family's own images in the hub's region, the newest build first",
    description: 'Those that a campaign may be started with: by tag or name, of accepted owners, available.',
    middleware,
    request: { params: familyParams, query: query({ days: wholeNumber(1, 365, 90) }) },
    responses: { 200: answers(builtPage, 'Its images of the last days.'), ...problems, ...notFound },
  });
  const latest = createRoute({
    method: 'get',
    path: '/images/latest',
    summary: 'The newest image of an operating system, as its publisher announces it',
    middleware,
    request: {
      query: query({
        os: z.enum(systems, `must be one of ${systems.join(', ')}`),
        arch: z.enum(architectures, `must be one of ${architectures.join(', ')}`).default('x86_64'),
        region: regionName.optional(),
      }),
    },
    responses: { 200: answers(latestSchema, 'The image.'), ...problems, ...notFound },
  });
  const drifting = createRoute({
    method: 'get',
    path: '/drift',
    summary: 'Opted-in stacks that are not as their promoted image would have them; some targets a page',
    middleware,
    request: { query: query({ family: familyName.optional(), cursor: paging.cursor }) },
    responses: {
      200: answers(
        driftPage,
        'The stacks that drift in the targets of this page, and how many targets are still to be asked.',
      ),
      ...problems,
    },
  });
  const known = (family: string): Family => {
    const { families } = ports.configuration();
    const found = families.find(({ name }) => name === family);
    if (found === undefined)
      throw new ProblemError(
        404,
        `there is no family ${family}; known: ${families.map(({ name }) => name).join(', ')}`,
      );
    return found;
  };
  return router()
    .openapi(current, async (c) => {
      const { family } = c.req.valid('param');
      known(family);
      const { limit, cursor } = c.req.valid('query');
      return c.json(promotions.parse(await listCurrent(ports)(family, { limit, cursor: cursor ?? null })), 200);
    })
    .openapi(history, async (c) => {
      const { family } = c.req.valid('param');
      known(family);
      const { limit, cursor } = c.req.valid('query');
      const page = await promotionHistory(ports)(family, { limit, cursor: cursor ?? null });
      return c.json(promotionHistoryPage.parse(page), 200);
    })
    .openapi(built, async (c) => {
      const family = known(c.req.valid('param').family);
      const items = await builtImages(ports)(family, c.req.valid('query').days);
      return c.json(builtPage.parse({ items, next: null }), 200);
    })
    .openapi(latest, async (c) => {
      const { os, arch, region } = c.req.valid('query');
      const found = await latestImage(ports)({ system: os, architecture: arch, region: region ?? null });
      if ('none' in found) throw new ProblemError(404, found.none);
      return c.json(found, 200);
    })
    .openapi(drifting, async (c) => {
      const { family, cursor } = c.req.valid('query');
      return c.json(driftPage.parse(await drift(ports)({ family: family ?? null, cursor: cursor ?? null })), 200);
    });
};
