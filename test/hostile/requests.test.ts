import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createConsole } from '../../console/app.ts';
import { typedItems } from '../../domain/store/typed-item.ts';
import { keys } from '../../domain/store/keys.ts';
import type { AuditEntry } from '../../domain/records/audit-entry.ts';
import { accessForPeople, aConfiguration } from '../domain/fakes/configuration.ts';
import { newImage } from '../domain/fakes/names.ts';
import { seedCampaign, seedStack } from '../domain/fakes/seed.ts';
import { aWorld, type World } from '../domain/fakes/world.ts';
import { hostileText } from './hostile-text.ts';

const configuration = aConfiguration({ console: { url: null, oidc: null, access: accessForPeople } });

const serve = (world: World) => {
  const errors: Error[] = [];
  const identify = () => Promise.resolve({ kind: 'oidc', subject: 'oidc|ben', groups: [] } as never);
  const app = createConsole({
    ports: { ...world, configuration: () => configuration },
    people: identify,
    machines: identify,
    onError: (error) => errors.push(error),
  });
  const send = (method: string, path: string, body?: string) =>
    app.request(path, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'start-key-1' },
      ...(body === undefined ? {} : { body }),
    });
  return { errors, send };
};

/** JSON text, with the keys that poison prototypes where an object literal could not have them. */
const hostileBody = fc
  .record({
    key: fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'reason', 'ring', 'imageId', 'family'),
    value: fc.oneof(
      hostileText.map((text) => JSON.stringify(text)),
      fc.constantFrom(
        '{"polluted":true}',
        '{"prototype":{"polluted":true}}',
        '[]',
        'null',
        '1e999',
        'true',
        '[[[[]]]]',
      ),
      fc.json(),
    ),
    rest: fc.constantFrom('"reason":"x"', `"imageId":"${newImage}"`, '"ring":"canary","decision":"approve"'),
  })
  .map(({ key, value, rest }) => `{${rest},${JSON.stringify(key)}:${value}}`);

const paths = ['/api/campaigns', '/api/campaigns/campaign-1/halt', '/api/campaigns/campaign-1/approval', '/api/halt'];

describe('requests that mean no good', () => {
  it('break nothing and poison nothing, whatever their body is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), hostileBody, async (path, body) => {
        const world = aWorld({ configuration: () => configuration } as never);
        await seedStack(world);
        const { errors, send } = serve(world);
        const response = await send('POST', path, body);
        expect({ body: body.slice(0, 200), status: response.status }).toEqual({
          body: body.slice(0, 200),
          status: expect.any(Number),
        });
        expect(response.status).toBeLessThan(500);
        expect(errors).toEqual([]);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('find no campaign but the one whose id they say', async () => {
    const world = aWorld({ configuration: () => configuration } as never);
    await seedCampaign(world);
    const { errors, send } = serve(world);
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const id = encodeURIComponent(text.toWellFormed()).slice(0, 4_000);
        for (const path of [`/api/campaigns/${id}`, `/api/campaigns/${id}/stacks`, `/api/campaigns/x${id}/events`]) {
          const { status } = await send('GET', path);
          expect({ path: path.slice(0, 100), found: status === 200 && !/^\/api\/campaigns\/?$/.test(path) }).toEqual({
            path: path.slice(0, 100),
            found: false,
          });
          expect(status).toBeLessThan(500);
        }
      }),
      { numRuns: 60 },
    );
    expect(errors).toEqual([]);
  }, 120_000);

  it('leave a reason in the trail as it was said, or are refused', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (reason) => {
        const world = aWorld({ configuration: () => configuration } as never);
        await seedCampaign(world);
        const { send } = serve(world);
        const response = await send('POST', '/api/campaigns/campaign-1/halt', JSON.stringify({ reason }));
        const trail = await Array.fromAsync(
          typedItems<AuditEntry>(world.table, { partition: keys.campaignAudit('campaign-1', 1).pk }),
        );
        const noted = trail.filter(({ who }) => who !== 'test');
        if (response.status >= 400) expect(noted).toEqual([]);
        else expect(noted.some(({ why }) => why.includes(reason.trim()))).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
