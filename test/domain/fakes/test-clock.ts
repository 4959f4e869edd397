import type { Clock } from '../../../domain/ports/clock.ts';

/** A clock that stands still until it is moved; sleeping moves it, and is noted. */
export interface TestClock extends Clock {
  /** Every sleep so far, in milliseconds. */
  readonly slept: readonly number[];
  advance(minutes: number): void;
}

export const testClock = (start = '2026-11-22T12:00:00.000Z'): TestClock => {
  let now = Date.parse(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    advance: (minutes) => {
      now += minutes * 60_000;
    },
  };
};
