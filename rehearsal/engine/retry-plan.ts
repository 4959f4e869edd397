import type { AslRetrier } from './asl.ts';
import type { StatesError } from './states-error.ts';

/** The attempts that one visit of a state has left. */
export class RetryPlan {
  readonly #retriers: readonly AslRetrier[];
  readonly #used: number[];
  readonly #fraction: (attempt: number) => number;

  /** @param fraction a number in [0, 1) per attempt: the jitter */
  constructor(retriers: readonly AslRetrier[], fraction: (attempt: number) => number) {
    this.#retriers = retriers;
    this.#used = retriers.map(() => 0);
    this.#fraction = fraction;
  }

  /** Milliseconds until the next attempt, or undefined if there is none. The first retrier that matches decides. */
  delayAfter(error: StatesError): number | undefined {
    const index = this.#retriers.findIndex((retrier) => error.matches(retrier.ErrorEquals));
    const retrier = this.#retriers[index];
    if (!retrier) return undefined;
    const used = this.#used[index] ?? 0;
    if (used >= (retrier.MaxAttempts ?? 3)) return undefined;
    this.#used[index] = used + 1;
    const seconds = Math.min(
      (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used,
      retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
    );
    const attempts = this.#used.reduce((sum, n) => sum + n, 0);
    const share = retrier.JitterStrategy === 'FULL' ? this.#fraction(attempts) : 1;
    return Math.round(seconds * share * 1000);
  }
}
