import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, rehearsalExitCode } from '../../cli/exit-code.ts';
import { outcomes } from '../../domain/words.ts';

describe('exitCodeOf', () => {
  it('has a code for every outcome', () => {
    expect(Object.fromEntries(outcomes.map((outcome) => [outcome, exitCodeOf(outcome)]))).toEqual({
      PROMOTED: 0,
      UNCHANGED: 0,
      PLANNED: 0,
      DUPLICATE: 0,
      SUPERSEDED: 0,
      REJECTED: 2,
      RESTORED: 3,
      RESTORE_INCOMPLETE: 4,
    });
  });
});

describe('rehearsalExitCode', () => {
  it.each([
    ['RESTORED', 'RESTORED', 0],
    ['RESTORED', 'PROMOTED', 3],
    ['PROMOTED', 'RESTORED', 1],
    ['NONE', 'PROMOTED', 1],
  ])('of %s where %s was expected is %i', (outcome, expected, code) => {
    expect(rehearsalExitCode({ outcome, expected, then: null })).toBe(code);
  });

  it.each([
    ['RESTORED', 0],
    ['RESTORE_INCOMPLETE', 4],
    ['NONE', 1],
  ])('is about what follows as well: %s where RESTORED was expected is %i', (outcome, code) => {
    const then = { outcome, expected: 'RESTORED' };
    expect(rehearsalExitCode({ outcome: 'PROMOTED', expected: 'PROMOTED', then })).toBe(code);
  });
});
