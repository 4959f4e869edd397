import { describe, expect, it } from '@jest/globals';
import { generateScenario } from '../../../rehearsal/simulate/generate.ts';
import { shrink } from '../../../rehearsal/simulate/shrink.ts';

describe('shrink', () => {
  it('leaves the one stack and the one fault that make a scenario fail', async () => {
    const seed = Array.from({ length: 200 }, (_, index) => index).find(
      (candidate) => (generateScenario(candidate).faults?.length ?? 0) > 3,
    );
    const file = generateScenario(seed ?? 0);
    const [, wanted] = file.faults ?? [];
    const smallest = await shrink(file, (candidate) =>
      Promise.resolve(candidate.faults?.some(({ kind }) => kind === wanted?.kind) === true),
    );
    expect(smallest.faults).toHaveLength(1);
    expect(smallest.fleet.stacks).toHaveLength(1);
    expect(smallest).not.toHaveProperty('operations.0');
  });
});
