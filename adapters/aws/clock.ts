import type { Clock } from '../../domain/ports/clock.ts';

/** The machine's time. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
};
