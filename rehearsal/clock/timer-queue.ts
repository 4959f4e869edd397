/** One timer, as `setTimeout` gives it: Node's methods are there, though nothing keeps a process alive in virtual time. */
export class VirtualTimer {
  readonly id: number;
  /** Virtual milliseconds since the epoch. */
  at: number;
  /** Undefined once it has fired or was cleared. */
  callback: (() => void) | undefined;
  /** Of an interval. */
  readonly everyMs: number | undefined;

  constructor(id: number, at: number, callback: () => void, everyMs: number | undefined) {
    this.id = id;
    this.at = at;
    this.callback = callback;
    this.everyMs = everyMs;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return this.callback !== undefined;
  }

  /** A number stands for the timer, too: `clearTimeout(+timer)`. */
  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

const isBefore = (left: VirtualTimer, right: VirtualTimer): boolean =>
  left.at < right.at || (left.at === right.at && left.id < right.id);

/**
 * Timers by their time, those of the same instant by their creation. A binary heap; cleared timers stay in it as dead
 * ones and are swept out when they outnumber the living, since most timers of a rehearsal are time limits that are
 * cleared.
 */
export class TimerQueue {
  #heap: VirtualTimer[] = [];
  #ids = 0;
  #living = 0;

  /** Timers that will still fire. */
  get size(): number {
    return this.#living;
  }

  add(at: number, callback: () => void, everyMs?: number): VirtualTimer {
    const timer = new VirtualTimer(++this.#ids, at, callback, everyMs);
    this.#push(timer);
    return timer;
  }

  /** Takes a timer back, by itself or by its number; anything else is ignored, as `clearTimeout` ignores it. */
  clear(timer: unknown): void {
    const found = typeof timer === 'number' ? this.#heap.find(({ id }) => id === timer) : timer;
    if (!(found instanceof VirtualTimer) || found.callback === undefined) return;
    found.callback = undefined;
    this.#living -= 1;
    if (this.#heap.length > 64 && this.#living * 2 < this.#heap.length) this.#sweep();
  }

  /** Takes out the next timer to fire; one of an interval goes back in. */
  next(): { readonly at: number; readonly callback: () => void } | undefined {
    for (let first = this.#pop(); first !== undefined; first = this.#pop()) {
      const { at, callback, everyMs } = first;
      if (callback === undefined) continue;
      this.#living -= 1;
      if (everyMs === undefined) first.callback = undefined;
      else {
        first.at = at + everyMs;
        this.#push(first);
      }
      return { at, callback };
    }
    return undefined;
  }

  #push(timer: VirtualTimer): void {
    this.#living += 1;
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(timer, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = timer;
  }

  #pop(): VirtualTimer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last, 0);
    return first;
  }

  #sink(timer: VirtualTimer, from: number): void {
    const heap = this.#heap;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      if (child === undefined) break;
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, child)) {
        below += 1;
        child = right;
      }
      if (!isBefore(child, timer)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = timer;
  }

  #sweep(): void {
    this.#heap = this.#heap.filter(({ callback }) => callback !== undefined);
    // A sorted array is a heap.
    this.#heap.sort((left, right) => (isBefore(left, right) ? -1 : 1));
  }
}
