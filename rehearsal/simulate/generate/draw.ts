import type { Random } from '../../scenario/random.ts';

/** One of these, each as likely as the others. */
export const oneOf = <T>(random: Random, items: readonly T[]): T => items[random.between(0, items.length - 1)] as T;

/** True in so many of all cases. */
export const chance = (random: Random, share: number): boolean => random.next() < share;
