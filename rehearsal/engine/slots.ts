/** Places for so many at once, with one taker who waits for the next free one. */
export class Slots {
  readonly #size: number;
  #taken = 0;
  #wake: (() => void) | undefined;

  constructor(size: number) {
    this.#size = size;
  }

  take(): void {
    this.#taken += 1;
  }

  give(): void {
    this.#taken -= 1;
    this.#wake?.();
  }

  /** Waits until a place is free. */
  free(): Promise<void> {
    return this.#until(() => this.#taken < this.#size);
  }

  /** Waits until all places are free. */
  drained(): Promise<void> {
    return this.#until(() => this.#taken === 0);
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
