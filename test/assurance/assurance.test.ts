import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { allRules } from '../../rehearsal/simulate/rules/all-rules.ts';
import { renderAssurance } from '../../scripts/assurance/render.ts';
import { assurance, resultNames, type Assurance } from '../../scripts/assurance/results.ts';

const docs = new URL('../../docs/', import.meta.url).pathname;
const stored = (): Assurance => assurance.parse(JSON.parse(readFileSync(`${docs}assurance.json`, 'utf8')));

describe('docs/assurance.md', () => {
  it('is what the stored results make of it, and nothing else', async () => {
    const file = `${docs}assurance.md`;
    const rendered = await format(renderAssurance(stored()), { ...(await resolveConfig(file)), filepath: file });
    expect(readFileSync(file, 'utf8')).toBe(rendered);
  });

  it('tells of every rule that holds today', () => {
    expect(stored().simulation?.result.rules.map(({ number, says }) => ({ number, says }))).toEqual(
      allRules.map(({ number, says }) => ({ number, says })),
    );
  });

  it('shows nothing that has failed', () => {
    const { simulation, scenarios, mutants } = stored();
    expect(simulation?.result.violations).toBe(0);
    expect(scenarios?.result.allowed).toBe(scenarios?.result.questions);
    expect(
      mutants?.result.mutants.filter(({ byTests, bySimulation }) => byTests !== true && bySimulation === null) ?? [],
    ).toEqual([]);
  });

  it('says so where something has not run', () => {
    const empty = renderAssurance({});
    // Two sections are made of one result.
    expect(empty.match(/^Has not run\.$/gm)).toHaveLength(resultNames.length + 1);
  });

  it('says a figure that was changed', () => {
    const before = stored();
    const { simulation } = before;
    if (simulation === undefined) throw new Error('the simulation has not run');
    const changed = { ...simulation, result: { ...simulation.result, seeds: simulation.result.seeds + 1 } };
    expect(renderAssurance({ ...before, simulation: changed })).not.toBe(renderAssurance(before));
  });
});
