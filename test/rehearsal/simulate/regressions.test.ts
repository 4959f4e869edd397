import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { simulate } from '../../../rehearsal/simulate/simulate.ts';
import configuration from '../../../rollout.config.ts';

const folder = new URL('regressions/', import.meta.url);

// `npm run simulate` leaves here what it finds, as small as it gets.
describe('scenarios that have broken a rule before', () => {
  it.each(readdirSync(folder))('%s breaks none any more', async (file) => {
    const scenario = parse(readFileSync(new URL(file, folder), 'utf8')) as object;
    expect((await simulate(scenario, configuration)).violations).toEqual([]);
  });
});
