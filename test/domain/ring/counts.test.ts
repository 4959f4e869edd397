import { describe, expect, it } from '@jest/globals';
import { countStatuses } from '../../../domain/ring/counts.ts';
import { stackStatuses } from '../../../domain/words.ts';

describe('countStatuses', () => {
  it('counts nothing as nothing', () => {
    expect(countStatuses([])).toEqual(Object.fromEntries(stackStatuses.map((status) => [status, 0])));
  });

  it('counts every stack in exactly one status', () => {
    const counts = countStatuses(stackStatuses.flatMap((status) => [{ status }, { status }]));
    expect(counts).toEqual(Object.fromEntries(stackStatuses.map((status) => [status, 2])));
  });
});
