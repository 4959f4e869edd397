import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mutate, readMutants } from '../../scripts/mutants/mutants.ts';

const root = new URL('../../', import.meta.url).pathname;
const mutants = readMutants(`${root}test/mutants/mutants.yaml`);

describe('the deliberate faults', () => {
  it('are at least 60, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants)('can still be put in: $name', ({ name, replace }) => {
    for (const one of replace)
      expect(mutate(readFileSync(`${root}${one.file}`, 'utf8'), name, one)).not.toContain(one.from);
  });

  it.each(mutants)('names tests that are there: $name', ({ tests }) => {
    for (const path of tests) expect([path, existsSync(`${root}${path}`)]).toEqual([path, true]);
  });

  it('are refused where the code has changed', () => {
    const stale = { file: 'a.ts', from: 'was here', to: 'is not' };
    expect(() => mutate('nothing of the kind', 'a fault', stale)).toThrow(/a fault: a\.ts has 0 places/);
  });
});
