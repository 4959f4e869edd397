import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
});
