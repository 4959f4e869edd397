import type { VirtualClock } from '../clock/virtual-clock.ts';

interface RestOptions {
  readonly clock: VirtualClock;
  /** How long the world goes on once nothing is asked for any more. */
  readonly stayDays: number;
  /** Whether anything runs, or is still to begin. */
  readonly isUnderWay: () => boolean;
  /** Whether any campaign is without its outcome. */
  readonly isOpen: () => Promise<boolean>;
}

const dayMilliseconds = 86_400_000;
/** What the last state has set going may still arrive. */
const lingersMilliseconds = 5_000;
/** A start that is dropped, or a request that starts nothing, leaves nothing to wait for. */
const nothingBeganMilliseconds = 10 * 60_000;

/** Knows when a run has come to rest: no execution and no invocation is under way, and every campaign has its outcome. */
export class Rest {
  readonly #options: RestOptions;
  #finished: (() => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #checking = false;
  /** Nothing is asked for any more: once everything rests, the world goes on for as long as it is to stay. */
  #isLast = false;
  /** When the world may end, in virtual milliseconds; known once everything has come to rest for the first time. */
  #staysUntil: number | undefined;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** Lets so many minutes pass. */
  wait(minutes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#failed = reject;
      setTimeout(resolve, minutes * 60_000);
    });
  }

  /**
   * Lets time pass until everything rests.
   *
   * @param isLast - Whether nothing is asked for afterwards.
   */
  reached(isLast: boolean): Promise<void> {
    this.#isLast = isLast;
    this.#staysUntil = undefined;
    return this.#options.clock.run(
      new Promise<void>((resolve, reject) => {
        this.#finished = resolve;
        this.#failed = reject;
        setTimeout(() => void this.check(), nothingBeganMilliseconds);
      }),
    );
  }

  /** Ends the waiting, for the run cannot show what it is asked. */
  fail(error: Error): void {
    this.#failed?.(error);
  }

  /** Something has ended: maybe it was the last. */
  async check(): Promise<void> {
    if (this.#checking || !this.#finished) return;
    this.#checking = true;
    try {
      const { isUnderWay, isOpen } = this.#options;
      if (isUnderWay() || (await isOpen())) return;
      if (!this.#mayEnd()) return;
      const finished = this.#finished;
      this.#finished = undefined;
      setTimeout(finished, lingersMilliseconds);
    } finally {
      this.#checking = false;
    }
  }

  #mayEnd(): boolean {
    const stay = this.#isLast ? this.#options.stayDays * dayMilliseconds : 0;
    if (this.#staysUntil === undefined && stay > 0) setTimeout(() => void this.check(), stay);
    this.#staysUntil ??= Date.now() + stay;
    return Date.now() >= this.#staysUntil;
  }
}
