import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { loadScenario } from '../../../rehearsal/scenario/load-scenario.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';

const folder = mkdtempSync(join(tmpdir(), 'events-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parameterMode = (more: object) => scenarioOf({ name: 'parameter-mode', ...more }, 'test');

describe('a rehearsal', () => {
  it('gives the same log for the same seed, byte for byte, and another for another seed', async () => {
    const run = async (seed: number, file: string) => {
      const eventsFile = join(folder, file);
      const report = await rehearse({ ...loadScenario('default'), seed }, { configuration, eventsFile });
      return { report, sha256: createHash('sha256').update(readFileSync(eventsFile)).digest('hex') };
    };
    const first = await run(5, 'first');
    const second = await run(5, 'second');
    const other = await run(6, 'other');
    expect(first.report.eventLogSha256).toBe(first.sha256);
    expect(second.sha256).toBe(first.sha256);
    expect(other.sha256).not.toBe(first.sha256);
  }, 60_000);

  it('lets transitions and calls be counted from its log', async () => {
    const eventsFile = join(folder, 'counted');
    const report = await rehearse(loadScenario('one-fails-within-budget'), { configuration, eventsFile });
    const lines = readFileSync(eventsFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    const counted = lines.filter(({ kind }) =>
      ['execution-started', 'state-entered', 'state-retried'].includes(kind ?? ''),
    );
    expect(counted).toHaveLength(report.transitions.total);
    const updates = lines.filter(({ kind, operation }) => kind === 'call' && operation === 'UpdateStack');
    expect(updates).toHaveLength(report.calls['cloudformation.UpdateStack'] ?? 0);
  }, 60_000);

  it.each([
    [{ fleet: { stacks: 40, ssmShare: 0, updateMinutes: [4, 12] } }],
    [{ fleet: { stacks: 40, ssmShare: 0, updateMinutes: [40, 50] } }],
    [{ fleet: { stacks: 200, ssmShare: 0 } }],
  ])(
    'needs at most six transitions and three CloudFormation calls for each updated stack: %j',
    async (more) => {
      const { transitions, calls, rings, throttled } = await rehearse(parameterMode(more), { configuration });
      const done = rings.reduce((sum, ring) => sum + ring.done, 0);
      expect(transitions.perUpdatedStack).toBeLessThanOrEqual(6);
      const ofCloudFormation = Object.entries(calls)
        .filter(([name]) => name.startsWith('cloudformation.'))
        .reduce((sum, [, count]) => sum + count, 0);
      const pagesOfDiscovery = 6;
      expect(ofCloudFormation - pagesOfDiscovery).toBeLessThanOrEqual(3 * done);
      expect(throttled).toBe(0);
    },
    60_000,
  );

  it('is not throttled where one target has all stacks, with previews as without', async () => {
    for (const previewChanges of [false, true]) {
      const fleet = { accounts: 1, regions: ['eu-west-1'], stacks: 60 };
      const policy = {
        stacks: { previewChanges },
        rings: [{ name: 'full', sharePercent: null, approval: 'none', targetCap: 30 }],
      };
      const { outcome, throttled, calls } = await rehearse(parameterMode({ fleet, policy }), { configuration });
      expect({ outcome, throttled }).toEqual({ outcome: 'PROMOTED', throttled: 0 });
      expect(calls['cloudformation.CreateChangeSet'] ?? 0).toBe(previewChanges ? 60 : 0);
    }
  }, 60_000);

  it('keeps the history and the payloads of the campaign independent of the number of stacks', async () => {
    const of = async (stacks: number) => rehearse(parameterMode({ fleet: { stacks } }), { configuration });
    const small = await of(20);
    const large = await of(200);
    expect(large.history).toEqual(small.history);
    expect(large.payload.maxBytes).toBeLessThan(small.payload.maxBytes + 100);
  }, 60_000);

  it('never writes a task token into its log', async () => {
    const eventsFile = join(folder, 'tokens');
    await rehearse(loadScenario('full-ring-breaks'), { configuration, eventsFile });
    expect(readFileSync(eventsFile, 'utf8')).not.toMatch(/taskToken|AAAAKgAA/);
  }, 60_000);

  it('comes to the end of a ring sooner where the times of an earlier campaign are on record', async () => {
    const of = async (timesOnRecord: number | null) => {
      const fleet = { accounts: 4, regions: ['eu-west-1'], stacks: 120, timesOnRecord };
      const policy = { rings: [{ name: 'full', sharePercent: null, approval: 'none', bakeMinutes: 10, cap: 12 }] };
      const report = await rehearse(parameterMode({ fleet, policy }), { configuration });
      expect(report.outcome).toBe('PROMOTED');
      return report.virtualSeconds / report.criticalPathSeconds;
    };
    const [unknown, known] = [await of(null), await of(0.2)];
    expect(unknown).toBeGreaterThan(1.05);
    expect(known).toBeLessThan(1.05);
  }, 60_000);
});
