/** A token bucket over virtual time: so many per second, and a stock for bursts. */
export class Pace {
  readonly #intervalMs: number;
  readonly #stockMs: number;
  /** The instant at which the stock would be whole again if nobody took any more. */
  #wholeAt = 0;

  /** @param burst how many may pass at once after a quiet time */
  constructor(perSecond: number, burst = 1) {
    this.#intervalMs = 1000 / perSecond;
    this.#stockMs = (burst - 1) * this.#intervalMs;
  }

  /** Takes one, now or in advance: the milliseconds to wait until it is due. */
  reserve(): number {
    const now = Date.now();
    const delay = Math.max(0, this.#wholeAt - this.#stockMs - now);
    this.#wholeAt = Math.max(this.#wholeAt, now) + this.#intervalMs;
    return Math.ceil(delay);
  }

  /** Takes one if it is there. */
  tryTake(): boolean {
    if (this.#wholeAt - this.#stockMs > Date.now()) return false;
    this.reserve();
    return true;
  }
}
