/** A seeded source of numbers; the same seed and the same order of draws give the same run. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [low, high]. */
  between(low: number, high: number): number;
  /** `length` lowercase hexadecimal digits. */
  hex(length: number): string;
  /** A version-4-looking identifier. */
  uuid(): string;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** A stream of its own, so that draws for one purpose do not shift those for another. */
  fork(purpose: string): Random;
}

/** 32-bit FNV-1a, to turn a purpose into a seed. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
};

/**
 * Mulberry32: small, fast and good enough for jitter, ids and shuffles. Not for secrets.
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (length: number): string => {
    let digits = '';
    while (digits.length < length) {
      digits += Math.floor(next() * 0x1000_0000)
        .toString(16)
        .padStart(7, '0');
    }
    return digits.slice(0, length);
  };
  return {
    next,
    between,
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    shuffle: (items) => {
      const copy = [...items];
      for (let last = copy.length - 1; last > 0; last--) {
        const pick = between(0, last);
        [copy[last], copy[pick]] = [copy[pick] as never, copy[last] as never];
      }
      return copy;
    },
    fork: (purpose) => seededRandom(seed ^ hash(purpose)),
  };
};
