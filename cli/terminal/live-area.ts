import type { Terminal } from './terminal.ts';

/** Shortest real time between two drawings, in milliseconds. */
const pace = 40;

/**
 * The lines at the bottom of a terminal that change, below the ones that stay. Drawn when somebody calls, never by a
 * timer: a rehearsal makes the process's timers virtual, and the usual progress bars would become a part of its time.
 * `performance.now()` stays real.
 */
export class LiveArea {
  readonly #terminal: Terminal;
  #drawn = 0;
  #lastDrawn = -pace;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows these lines in place of the last ones, unless that was a moment ago. No line may be wider than the terminal. */
  show(lines: () => readonly string[]): void {
    if (performance.now() - this.#lastDrawn < pace) return;
    const shown = lines().slice(0, Math.max(1, this.#terminal.rows - 2));
    this.#terminal.write(this.#erasing() + shown.map((line) => `${line}\n`).join(''));
    this.#drawn = shown.length;
    this.#lastDrawn = performance.now();
  }

  /** Writes text that stays, above. */
  print(text: string): void {
    this.#terminal.write(this.#erasing() + text);
    this.#drawn = 0;
    this.#lastDrawn = -pace;
  }

  /** Takes the lines away. */
  clear(): void {
    this.print('');
  }

  #erasing(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\u001b[0J`;
  }
}
