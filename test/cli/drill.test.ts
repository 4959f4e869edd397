import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { DrillResult } from '../../cli/drill/judge-drill.ts';
import type { FleetInventory, InventoriedStack } from '../../domain/planning/fleet-inventory.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-drill-'));
afterAll(() => rmSync(folder, { recursive: true }));
const patient = 60_000;

const fleetFile = fileURLToPath(new URL('../fixtures/fleet.json', import.meta.url));
const fleet = JSON.parse(readFileSync(fleetFile, 'utf8')) as FleetInventory;

/** The fixture's stacks, changed; in a file. */
const inventoryOf = (name: string, stacks: readonly InventoriedStack[]): string => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ ...fleet, stacks }));
  return file;
};

/** Two families with strict tags, rings of other names, and a budget in the first. */
const config = join(folder, 'rollout.config.ts');
writeFileSync(
  config,
  `export default {
    hub: { account: '111122223333', region: 'eu-west-1' },
    families: { web: { tags: { version: { pattern: '^v[0-9]+$' }, stage: { values: ['prod'] } } }, batch: {} },
    targets: { accounts: ['999988887777'], regions: ['eu-west-1', 'us-east-1'] },
    rings: [{ name: 'pilot', sharePercent: 50, failureBudget: 1 }, { name: 'rest' }],
    people: [{ id: 'ana', oidc: ['ana'] }, { id: 'ben', oidc: ['ben'] }],
  };\n`,
);

const ofFamily = (family: string): InventoriedStack[] =>
  fleet.stacks.map((stack) => ({ ...stack, family, ring: null, stackName: `${family}-${stack.stackName}` }));

describe('ami-rollout drill', () => {
  it(
    'breaks a canary of each family and finds everything back, with rings, tags and budget of its own',
    async () => {
      const from = inventoryOf('two.json', [...ofFamily('web'), ...ofFamily('batch')]);
      const { code, stdout, stderr } = await runCli(['drill', '--from', from, '--config', config]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/✓ batch: RESTORED; 3 stacks, \d touched, \d back, /);
      expect(stdout).toMatch(/✓ web: RESTORED; 3 stacks, \d touched, \d back, /);
      expect(stdout).toContain('Ring pilot has no failure budget in the drill');
      expect(stdout).toContain('Everything that a failing canary touches goes back.');
    },
    patient,
  );

  it(
    'fails, and says why, for a family that has no canary; the others are drilled all the same',
    async () => {
      const last = ofFamily('batch').map((stack) => ({ ...stack, ring: 'rest' }));
      const from = inventoryOf('none.json', [...ofFamily('web'), ...last]);
      const { code, stdout } = await runCli(['drill', '--from', from, '--config', config, '--json']);
      const { passed, families } = JSON.parse(stdout) as { passed: boolean; families: DrillResult[] };
      expect({ code, passed }).toEqual({ code: 4, passed: false });
      expect(families.map(({ family, passed: each }) => [family, each])).toEqual([
        ['batch', false],
        ['web', true],
      ]);
      expect(families[0]?.findings.join()).toContain('pilot');
    },
    patient,
  );

  it('refuses an unknown family, and one without stacks', async () => {
    const unknown = await runCli(['drill', '--from', fleetFile, '--family', 'weeb']);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no family weeb in ') });
    const from = inventoryOf('web.json', ofFamily('web'));
    const empty = await runCli(['drill', '--from', from, '--config', config, '--family', 'batch']);
    expect(empty).toMatchObject({ code: 1, stderr: expect.stringContaining('no stack to drill with of family batch') });
  });

  it('refuses what only a drill on a real stack has, and the other way round', async () => {
    const rehearsed = await runCli(['drill', '--stack', 'staging-drill', '--config', config]);
    expect(rehearsed).toMatchObject({ code: 1, stderr: expect.stringContaining('--stack is for --real only') });
    const real = await runCli(['drill', '--real', '--from', fleetFile]);
    expect(real).toMatchObject({ code: 1, stderr: expect.stringContaining("cannot be used with option '--from") });
  });
});

describe('ami-rollout drill --real', () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' };
  const statusWith = (outcome: string, succeeded: boolean) => ({
    campaignId: 'drill-staging-drill-1',
    family: 'al2023-base',
    image: { id: 'ami-0123456789abcdef0', region: 'eu-west-1' },
    starter: 'ana',
    dryRun: false,
    drill: {
      stackName: 'staging-drill',
      provenAt: '2026-11-22T10:30:00.000Z',
      result: { succeeded, minutesToRestore: succeeded ? 12.3 : null },
    },
    startedAt: '2026-11-22T10:00:00.000Z',
    endedAt: '2026-11-22T10:45:00.000Z',
    phase: 'closed',
    outcome,
    reason: 'drill: ring canary fails on purpose',
    planned: 1,
    halted: null,
    leftOut: [],
    rings: [],
    gates: [],
    causes: [],
    adoption: null,
    estimate: null,
  });
  /** Answers as the API does, and keeps what was asked for. */
  const serve = async (status: object, started: { code: number; body: object } = { code: 202, body: {} }) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        const { method = '', url = '' } = request;
        if (method === 'POST') asked.push(`${url} ${text}`);
        const events = url.includes('/events');
        const body =
          method === 'POST'
            ? { campaignId: 'drill-staging-drill-1', starter: 'ana', ...started.body }
            : events
              ? { items: [], next: null, more: false }
              : status;
        const code = method === 'POST' ? started.code : 200;
        const type = code >= 400 ? 'application/problem+json' : 'application/json';
        response.writeHead(code, { 'content-type': type }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const args = ['drill', '--real', '--endpoint', endpoint, '--region', 'eu-west-1', '--stack', 'staging-drill'];
    const ran = await runCli([...args, '--reason', 'monthly'], { env });
    server.close();
    return { ...ran, asked };
  };

  it('succeeds where the stack was proven and is back, though the outcome is RESTORED', async () => {
    const { code, stdout, asked } = await serve(statusWith('RESTORED', true));
    expect(asked).toEqual(['/machine/drills {"stack":"staging-drill","reason":"monthly"}']);
    expect(stdout).toContain('ends RESTORED by design');
    expect(stdout).toContain('drill of staging-drill: succeeded, back in 12.3 min');
    expect(code).toBe(0);
  });

  it.each([
    ['RESTORED', 3],
    ['RESTORE_INCOMPLETE', 4],
    ['REJECTED', 2],
  ])('fails where a drill that did not succeed ends %s', async (outcome, expected) => {
    expect((await serve(statusWith(outcome, false))).code).toBe(expected);
  });

  it('says why the hub refuses it', async () => {
    const detail = 'stack staging-drill is not designated for drills';
    const { code, stderr } = await serve({}, { code: 422, body: { status: 422, title: 'Unprocessable', detail } });
    expect(stderr).toContain(detail);
    expect(code).toBe(1);
  });
});
