import { describe, expect, it } from '@jest/globals';
import { figuresOf } from '../../bench/rehearsals/figures.ts';
import { promoted } from '../../bench/rehearsals/fleets.ts';
import { keptResult } from '../../bench/kept.ts';
import { prices } from '../../rehearsal/report/prices.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../rollout.config.ts';
import { costsTable } from '../../scripts/docs/cost-tables.ts';
import { figuresTable } from '../../scripts/docs/scale-figures.ts';

const stale = 'if not, `npm run bench -- --keep` and `npm run docs` bring docs/scale.md up to date';

describe('the kept result of the bench', () => {
  it(`says what a rehearsal counts today; ${stale}`, async () => {
    const kept = keptResult();
    const [smallest] = kept.runs;
    const stacks = smallest?.stacks ?? 0;
    const run = await rehearse(scenarioOf(promoted(stacks), 'the test'), { configuration });
    const today = figuresOf({ ...run, cpuSeconds: 0, updated: stacks, restored: 0 }, stacks, 400);
    for (const figure of [
      'transitions per updated stack',
      'CloudFormation calls per stack',
      'throttled calls, %',
    ] as const)
      expect([figure, today[figure]]).toEqual([figure, expect.closeTo(smallest?.figures[figure] ?? -1, 2)]);
    expect(kept.pricesAsOf).toBe(prices.asOf);
  }, 60_000);
});

describe('the table of figures', () => {
  const kept = keptResult();
  const verdictOf = (table: string, what: string) =>
    table
      .split('\n')
      .find((line) => line.startsWith(`| ${what}`))
      ?.split(' | ')
      .at(-1)
      ?.replace(' |', '');

  it('says of each goal whether it is reached', () => {
    const [first, ...others] = kept.runs.toReversed();
    if (first === undefined) throw new Error('there is no run');
    const with7 = {
      ...kept,
      runs: [...others.toReversed(), { ...first, figures: { ...first.figures, 'transitions per updated stack': 7 } }],
    };
    expect(verdictOf(figuresTable(kept), 'transitions per updated stack')).toBe('reached');
    expect(verdictOf(figuresTable(with7), 'transitions per updated stack')).toBe('**no**');
  });

  it('has a line for each way to run the campaign', () => {
    expect(costsTable(kept).split('\n')).toHaveLength(4 + kept.costs.ways.length);
  });
});
