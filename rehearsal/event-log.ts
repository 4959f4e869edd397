import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * The run's log: one JSON object a line, in the order of happening. The same seed gives the same bytes; their SHA-256 is
 * kept whether or not a file is written.
 */
export class EventLog {
  readonly #hash: Hash = createHash('sha256');
  readonly #file: number | null;
  #buffer: string[] = [];
  #size = 0;
  /** Many lines have the same time. */
  #at = Number.NaN;
  #iso = '';

  constructor(path: string | null) {
    this.#file = path === null ? null : openSync(path, 'w');
  }

  /**
   * @param at virtual milliseconds since the epoch
   * @param kind a word without anything that JSON escapes
   */
  write(at: number, kind: string, fields: object): void {
    if (at !== this.#at) [this.#at, this.#iso] = [at, new Date(at).toISOString()];
    // The same text as of one object with all fields, without making that object.
    const text = JSON.stringify(fields);
    const line = `{"at":"${this.#iso}","kind":"${kind}"${text === '{}' ? '' : ','}${text.slice(1)}\n`;
    this.#buffer.push(line);
    this.#size += line.length;
    if (this.#size > 65_536) this.#flush();
  }

  /** Ends the log; gives the SHA-256 of all its bytes. */
  close(): string {
    this.#flush();
    if (this.#file !== null) closeSync(this.#file);
    return this.#hash.digest('hex');
  }

  #flush(): void {
    const text = this.#buffer.join('');
    this.#hash.update(text);
    if (this.#file !== null) writeSync(this.#file, text);
    this.#buffer = [];
    this.#size = 0;
  }
}
