import { mkdtempSync, rmSync, writeFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startLocal, type LocalServer } from '../../../console/local/server.ts';
import { localUsers } from '../../../console/local/users.ts';

interface DriftPage {
  readonly items: readonly { readonly stackName: string; readonly kinds: readonly string[] }[];
  readonly next: string | null;
}

interface Campaign {
  readonly campaignId: string;
  readonly outcome: string | null;
}

describe('campaigns of the local server', () => {
  let folder: string;
  let server: LocalServer | undefined;

  const begin = async (fresh = false, faults = '[]'): Promise<LocalServer> => {
    const scenario = join(folder, 'two-images.yaml');
    // Nothing starts the other campaign by itself here: it is there for its image.
    writeFileSync(scenario, `name: two-images\nalso: [{ image: later, afterMinutes: 1 }]\nfaults: ${faults}\n`);
    server = await startLocal({ port: 0, scenario, stacks: 8, speed: 3_600, data: join(folder, 'data'), fresh });
    return server;
  };
  const end = async (): Promise<void> => {
    await server?.close();
    server = undefined;
  };

  const call = async <Answer>(who: string, path: string, body?: object): Promise<Answer> => {
    const user = localUsers.find(({ id }) => id === who);
    const url = new URL(`/machine${path}`, server?.url);
    const signer = new SignatureV4({
      service: 'execute-api',
      region: 'eu-west-1',
      credentials: { accessKeyId: user?.accessKeyId ?? '', secretAccessKey: user?.secretAccessKey ?? '' },
      sha256: Sha256,
    });
    const method = body === undefined ? 'GET' : 'POST';
    const text = body === undefined ? null : JSON.stringify(body);
    const { headers } = await signer.sign({
      method,
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: {
        host: url.host,
        'content-type': 'application/json',
        'idempotency-key': `key-of-${path}-${text ?? ''}`.slice(0, 100).replaceAll(/[^\w-]/g, '-'),
      },
      ...(text === null ? {} : { body: text }),
    });
    const { host: _, ...sent } = headers;
    const response = await fetch(url, { method, headers: sent, ...(text === null ? {} : { body: text }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const until = async <Answer>(ask: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<Answer> => {
    for (;;) {
      const answer = await ask();
      if (isSo(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const start = (image: string) =>
    call<Campaign>('alice', '/campaigns', { imageId: image, region: 'eu-west-1', reason: 'patch day' });
  const approve = ({ campaignId }: Campaign) =>
    until(
      () =>
        call('bob', `/campaigns/${campaignId}/approval`, { ring: 'canary', decision: 'approve', reason: 'fine' }).catch(
          () => null,
        ),
      (answer) => answer !== null,
    );
  const ended = ({ campaignId }: Campaign) =>
    until(
      () => call<Campaign>('alice', `/campaigns/${campaignId}`),
      ({ outcome }) => outcome !== null,
    );
  /** Stacks that are not on the promoted image, or have instances that are not. */
  const astray = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: DriftPage = await call(
        'alice',
        `/drift${cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
      );
      found.push(...page.items.map(({ stackName, kinds }) => `${stackName}: ${kinds.join(', ')}`));
      cursor = page.next;
    }
    return found;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
  });
  afterEach(async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('are asked for by no method that the thread of the world knows nothing of: each is answered', async () => {
    const { url } = await begin(true);
    const status = (method: string) =>
      new Promise((resolve, reject) => {
        const sent = request(url, { method, timeout: 20_000 }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.once('timeout', () => sent.destroy(new Error(`${method} is not answered`)));
        sent.once('error', reject);
        sent.end();
      });
    expect(await status('TRACE')).toBe(405);
    expect(await status('PROPFIND')).toBe(401);
    expect(await status('GET')).toBe(302);
  }, 60_000);

  it('are still there after a restart, and one that was running is restored', async () => {
    const { world } = await begin();
    expect(world.goesOn).toBe(false);
    const first = await start(world.images['eu-west-1'] ?? '');
    await approve(first);
    expect(await ended(first)).toMatchObject({ outcome: 'PROMOTED' });
    const second = await start(world.later['eu-west-1'] ?? '');
    await approve(second);
    expect(await astray()).not.toEqual([]);
    await end();

    expect((await begin()).world.goesOn).toBe(true);
    expect(await call('alice', `/campaigns/${first.campaignId}`)).toMatchObject({ outcome: 'PROMOTED' });
    expect(await ended(second)).toMatchObject({ outcome: 'RESTORED' });
    expect(await astray()).toEqual([]);
    const { items } = await call<{ items: Campaign[] }>('alice', '/campaigns');
    expect(items.map(({ campaignId, outcome }) => [campaignId, outcome])).toEqual([
      [second.campaignId, 'RESTORED'],
      [first.campaignId, 'PROMOTED'],
    ]);
    await end();

    expect((await begin(true)).world.goesOn).toBe(false);
    expect(await call('alice', '/campaigns')).toMatchObject({ items: [] });
  }, 240_000);

  it("are struck by the scenario's faults once, however often the server is started", async () => {
    const faults = '[{ kind: updateFails, ring: canary, nth: 1 }]';
    const { world } = await begin(false, faults);
    expect(await ended(await start(world.images['eu-west-1'] ?? ''))).toMatchObject({ outcome: 'RESTORED' });
    await end();
    await begin(false, faults);
    const second = await start(world.later['eu-west-1'] ?? '');
    await approve(second);
    expect(await ended(second)).toMatchObject({ outcome: 'PROMOTED' });
  }, 240_000);

  it('say what to do where they cannot be read', async () => {
    await begin();
    await end();
    const data = join(folder, 'data');
    for (const file of readdirSync(data)) writeFileSync(join(data, file), 'torn');
    await expect(begin()).rejects.toThrow('begin anew with --fresh');
  }, 120_000);
});
