import { globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { areas } from '../../scripts/mutation/areas.ts';
import { scoreOf, scoresOf } from '../../scripts/mutation/score.ts';

describe('scoresOf', () => {
  const fault = (fileName: string, status: string) => ({ fileName, status });

  it('counts the faults of each file; what was ignored or does not load counts for nothing', () => {
    const statuses = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'RuntimeError', 'CompileError'];
    expect(scoresOf([fault('b.ts', 'Killed'), ...statuses.map((status) => fault('a.ts', status))])).toEqual([
      { file: 'a.ts', killed: 2, survived: 1, uncovered: 1 },
      { file: 'b.ts', killed: 1, survived: 0, uncovered: 0 },
    ]);
  });
});

describe('scoreOf', () => {
  it.each([
    [{ killed: 2, survived: 1, uncovered: 1 }, 50],
    [{ killed: 2, survived: 1, uncovered: 0 }, 66.67],
    [{ killed: 0, survived: 0, uncovered: 3 }, 0],
    [{ killed: 0, survived: 0, uncovered: 0 }, 100],
  ])('of %j is %d', (counts, score) => {
    expect(scoreOf(counts)).toBe(score);
  });
});

describe('the areas', () => {
  it.each(Object.entries(areas))('%s names files and tests that are there', (_name, { mutate, tests }) => {
    for (const pattern of [...mutate, ...tests]) expect([pattern, globSync(pattern).length]).not.toEqual([pattern, 0]);
  });
});
