import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { identityOf, isAllowed, personOf } from '../../domain/access/caller.ts';
import { permissions } from '../../domain/configuration/access.ts';
import type { ConsolePorts } from '../ports.ts';
import { answers, problems } from '../schemas/common.ts';
import { router } from './router.ts';

const identitySchema = z
  .object({
    identity: z.string(),
    person: z.string().nullable().openapi({ description: 'The id in `people`; null: nobody of the configuration.' }),
    permissions: z.array(z.enum(permissions)),
  })
  .openapi('Identity');

/** `GET /me`: who the API takes the caller for. */
export const identity = (ports: ConsolePorts) => {
  const route = createRoute({
    method: 'get',
    path: '/me',
    summary: 'Who you are, and what you may do',
    responses: { 200: answers(identitySchema, 'Your identity.'), ...problems },
  });
  return router().openapi(route, (c) => {
    const caller = c.get('caller');
    const configuration = ports.configuration();
    return c.json(
      {
        identity: identityOf(caller),
        person: personOf(caller, configuration.people),
        permissions: permissions.filter((one) => isAllowed(caller, one, configuration)),
      },
      200,
    );
  });
};
