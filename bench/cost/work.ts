/** What a campaign has to do, whichever engine does it. */
export interface Work {
  /** Seconds that each stack's update takes; one entry a stack. */
  readonly updateSeconds: readonly number[];
}

/** How often one looks, at the given interval, until something that takes so long is seen to be over. */
export const looks = (seconds: number, intervalSeconds: number): number =>
  Math.max(1, Math.ceil(seconds / intervalSeconds));

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
