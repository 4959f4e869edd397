import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';

const folder = mkdtempSync(join(tmpdir(), 'aborts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fleet = {
  accounts: ['100000000001'],
  regions: ['eu-west-1'],
  stacks: [
    { name: 'web', mode: 'parameter', updateMinutes: 4 },
    { name: 'api', mode: 'ssm', updateMinutes: 4 },
    { name: 'job', mode: 'parameter', replacement: 'none', updateMinutes: 4 },
  ],
};
const scenario = (name: string, more: object = {}) => scenarioOf({ name, fleet, ...more }, 'test');

/** Every moment at which anything happens in an undisturbed run, in minutes since its start; one of each second. */
const moments = async (): Promise<readonly number[]> => {
  const eventsFile = join(folder, 'events');
  await rehearse(scenario('undisturbed'), { configuration, eventsFile });
  const times = readFileSync(eventsFile, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Date.parse((JSON.parse(line) as { at: string }).at));
  const start = Math.min(...times);
  return [...new Set(times.map((at) => Math.floor((at - start) / 1000)))].map((second) => second / 60);
};

describe('an abort', () => {
  it('at any moment ends in a terminal outcome, with every stack and every parameter as it was', async () => {
    const all = await moments();
    expect(all.length).toBeGreaterThan(20);
    const outcomes = new Set<string>();
    for (const afterMinutes of all) {
      const operations = [{ do: 'abort', state: 'Open Campaign', afterMinutes }];
      const report = await rehearse(scenario('aborted', { operations }), { configuration });
      outcomes.add(report.outcome);
      const open = report.stacks.filter(
        ({ status }) => !['done', 'failed', 'skipped', 'restored', 'quarantined'].includes(status),
      );
      // Too late is too late: once the image is promoted, nothing is aborted any more.
      const moved = report.outcome === 'PROMOTED' ? [] : report.stacks.filter(({ before, after }) => before !== after);
      expect({ afterMinutes, outcome: report.outcome, open, moved }).toEqual({
        afterMinutes,
        outcome: expect.stringMatching(/^(RESTORED|REJECTED|PROMOTED)$/),
        open: [],
        moved: [],
      });
    }
    expect(outcomes).toContain('RESTORED');
  }, 240_000);
});
