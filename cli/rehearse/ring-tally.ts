import type { StackStatus } from '../../domain/words.ts';

/** How far a ring has come, by what each of its stacks was last said to be. */
export class RingTally {
  readonly name: string;
  planned = 0;
  readonly #statuses = new Map<string, StackStatus>();
  readonly #counts = new Map<StackStatus, number>();

  constructor(name: string) {
    this.name = name;
  }

  note(stack: string, status: StackStatus): void {
    const before = this.#statuses.get(stack);
    if (before !== undefined) this.#counts.set(before, this.count(before) - 1);
    this.#statuses.set(stack, status);
    this.#counts.set(status, this.count(status) + 1);
  }

  count(status: StackStatus): number {
    return this.#counts.get(status) ?? 0;
  }

  /** Stacks that have been heard of. */
  get known(): number {
    return this.#statuses.size;
  }

  /** `36 done, 1 failed, 1 skipped`. */
  get words(): string {
    const order = ['done', 'failed', 'skipped', 'restored', 'quarantined'] as const;
    const all = [...order, ...[...this.#counts.keys()].filter((status) => !order.some((one) => one === status))];
    return all
      .filter((status) => this.count(status) > 0)
      .map((status) => `${this.count(status).toLocaleString('en-US')} ${status}`)
      .join(', ');
  }
}
