import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { promotedTag } from '../../../domain/words.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
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

interface Line {
  readonly at: string;
  readonly state?: string;
}

/** What an undisturbed run writes down, in order. */
const linesOf = async (name: string, more: object = {}): Promise<readonly Line[]> => {
  const eventsFile = join(folder, name);
  await rehearse(scenario(name, more), { configuration, eventsFile });
  const lines = readFileSync(eventsFile, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
};

/** Every moment at which anything happens in an undisturbed run, in minutes since its start; one of each second. */
const moments = async (): Promise<readonly number[]> => {
  const times = (await linesOf('undisturbed')).map(({ at }) => Date.parse(at));
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

  it('at any moment of the promotion leaves no parameter and no tag behind, in none of many targets', async () => {
    // More targets than are promoted at once; half of the stacks read a parameter of their own beside the promotion's.
    const wide = {
      fleet: { accounts: 13, regions: ['eu-west-1', 'us-east-1'], stacks: 26, ssmShare: 0.5, updateMinutes: [2, 2] },
      image: { previousPromoted: true },
    };
    const lines = await linesOf('wide', wide);
    const times = lines.map(({ at }) => Date.parse(at));
    const [entered, ended] = ['Promote Image', 'Report'].map(
      (state) => times[lines.findIndex((line) => line.state === state)] ?? 0,
    ) as [number, number];
    const during = [...new Set(times.filter((at) => at >= entered && at <= ended))].map(
      (at) => (at - entered) / 60_000,
    );
    expect(during.length).toBeGreaterThan(10);
    const outcomes: string[] = [];
    for (const afterMinutes of during) {
      let run: Run | undefined;
      let left: unknown;
      const operations = [{ do: 'abort', state: 'Promote Image', afterMinutes }];
      const report = await rehearse(scenario('aborted', { ...wide, operations }), {
        configuration,
        onRun: (given) => {
          run = given;
        },
        onEnd: () => {
          left = run && leftBehind(run);
        },
      });
      outcomes.push(report.outcome);
      expect({ afterMinutes, outcome: report.outcome, left }).toEqual({
        afterMinutes,
        outcome: expect.stringMatching(/^(RESTORED|PROMOTED)$/),
        left: report.outcome === 'PROMOTED' ? expect.anything() : [],
      });
    }
    expect(outcomes).toContain('RESTORED');
  }, 240_000);
});

/** Parameters that hold the new image, in any target, and images that are marked as promoted. */
const leftBehind = ({ scenarioWorld: { world } }: Run): string[] => {
  const images = new Set(world.newImage.values());
  const targets = world.accounts.flatMap((account) => world.regions.map((region) => world.target(account, region)));
  return [
    ...targets.flatMap(({ account, region, parameters }) =>
      [...parameters.values()]
        .filter((one) => images.has(one.current(Date.now())?.value ?? ''))
        .map(({ name }) => `${name} in ${account}/${region}`),
    ),
    ...world.regions.flatMap((region) =>
      [...images].filter((id) => world.images.get(region, id)?.tags.has(promotedTag)),
    ),
  ];
};
