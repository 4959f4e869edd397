/** Thrown through a flow that was stopped; nobody reports it, because whoever stopped the flow did. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/**
 * The stop signal of an execution, a map or a branch; stopping one stops everything begun under it.
 * (An AbortController does the same and is ten times as dear; there is one of these per execution.)
 */
export class Cancellation {
  #cancelled = false;
  readonly #listeners = new Set<() => void>();
  #leaveParent: () => void = () => undefined;

  constructor(parent?: Cancellation) {
    if (parent) this.#leaveParent = parent.onCancel(() => this.cancel());
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Calls `listener` at the stop, or at once after it. The returned function takes it back. */
  onCancel(listener: () => void): () => void {
    if (this.#cancelled) {
      listener();
      return () => undefined;
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#leaveParent();
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  throwIfCancelled(): void {
    if (this.#cancelled) throw new Cancelled();
  }

  /** Ends the link to the parent when the work under this signal is over. */
  dispose(): void {
    this.#leaveParent();
  }

  /** Waits `ms` virtual milliseconds; rejects when stopped meanwhile. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stay();
        resolve();
      }, ms);
      const stay = this.onCancel(() => {
        clearTimeout(timer);
        reject(new Cancelled());
      });
    });
  }
}
