import { describe, expect, it } from '@jest/globals';
import { virtualDate } from '../../../rehearsal/clock/virtual-date.ts';

const noon = Date.UTC(2026, 10, 3, 12);

describe('virtualDate', () => {
  const Virtual = virtualDate(() => noon);

  it('has its own present', () => {
    expect([Virtual.now(), new Virtual().getTime()]).toEqual([noon, noon]);
    expect(Virtual()).toBe(new Date(noon).toString());
  });

  it('is Date in everything else', () => {
    expect(new Virtual('2026-01-02T03:04:05Z').toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(new Virtual(2026, 0, 2, 3).getTime()).toBe(new Date(2026, 0, 2, 3).getTime());
    expect(new Virtual(new Date(5)).getTime()).toBe(5);
    expect([Virtual.parse('1970-01-01T00:00:01Z'), Virtual.UTC(1970, 0, 1, 0, 0, 2)]).toEqual([1_000, 2_000]);
  });

  it('makes real dates, and takes real ones for its own', () => {
    expect(new Virtual()).toBeInstanceOf(Date);
    expect(new Date(0)).toBeInstanceOf(Virtual);
    expect(structuredClone(new Virtual())).toEqual(new Date(noon));
  });
});
