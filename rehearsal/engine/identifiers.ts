import { hash } from 'node:crypto';

/** How many names and tokens were given out. */
export interface GivenIdentifiers {
  readonly uuids: number;
  readonly tokens: number;
}

/** Names and tokens that look random and are the same in every run with the same seed: a counter, hashed. */
export class Identifiers {
  readonly #seed: string;
  #uuids: number;
  #tokens: number;

  /** @param given - How many were given out before, to which these go on. */
  constructor(seed: number | string, given: GivenIdentifiers = { uuids: 0, tokens: 0 }) {
    this.#seed = String(seed);
    this.#uuids = given.uuids;
    this.#tokens = given.tokens;
  }

  get given(): GivenIdentifiers {
    return { uuids: this.#uuids, tokens: this.#tokens };
  }

  uuid(): string {
    const hex = this.#digest(`uuid:${++this.#uuids}`);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }

  token(): string {
    return this.#token(++this.#tokens);
  }

  /** Whether `token` was handed out by this object, so that finished ones need not be remembered. */
  issued(token: string): boolean {
    const n = Number.parseInt(token.slice(PREFIX.length, PREFIX.length + 8), 36);
    return n > 0 && n <= this.#tokens && token === this.#token(n);
  }

  /** A fraction in [0, 1) that depends on `what` alone, not on what was drawn before. */
  fraction(what: string): number {
    return Number.parseInt(this.#digest(`fraction:${what}`).slice(0, 12), 16) / 2 ** 48;
  }

  #token(n: number): string {
    return PREFIX + n.toString(36).padStart(8, '0') + hash('sha512', `${this.#seed}:token:${n}`, 'base64');
  }

  #digest(what: string): string {
    return hash('sha256', `${this.#seed}:${what}`, 'hex');
  }
}

const PREFIX = 'AQCUAAAAKgAAAAMAAAAA';
