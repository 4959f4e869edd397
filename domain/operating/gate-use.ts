import type { Category } from '../configuration/category.ts';

/** The last time that a gate has refused an image. */
export interface LastRejection {
  readonly at: string;
  readonly campaignId: string;
  readonly image: string;
  /** The first of its reasons, and what it is. */
  readonly reason: string;
  readonly code: string;
}

/** What a gate has done in a number of campaigns: by this it is seen which one is worth its time. */
export interface GateUse {
  readonly gate: string;
  /** One of the configuration's own gates, which Custom Gates asks. */
  readonly custom: boolean;
  /** How often it has judged; where it was skipped it has not. */
  readonly runs: number;
  readonly rejections: number;
  /** From being asked to the verdict; null where no run has a duration. */
  readonly medianSeconds: number | null;
  readonly lastRejection: LastRejection | null;
  /** How often a category has skipped it. */
  readonly skipped: Readonly<Partial<Record<Category, number>>>;
  /** The duration of each run, the shortest first: with them pages can be put together. */
  readonly seconds: readonly number[];
}

const medianOf = (sorted: readonly number[]): number | null => {
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

const later = (a: LastRejection | null, b: LastRejection | null): LastRejection | null =>
  a === null || (b !== null && b.at > a.at) ? b : a;

const together = (a: GateUse, b: GateUse): GateUse => {
  const seconds = [...a.seconds, ...b.seconds].sort((left, right) => left - right);
  const categories = [...new Set([...Object.keys(a.skipped), ...Object.keys(b.skipped)])] as Category[];
  return {
    gate: a.gate,
    custom: a.custom,
    runs: a.runs + b.runs,
    rejections: a.rejections + b.rejections,
    medianSeconds: medianOf(seconds),
    lastRejection: later(a.lastRejection, b.lastRejection),
    skipped: Object.fromEntries(
      categories.map((category) => [category, (a.skipped[category] ?? 0) + (b.skipped[category] ?? 0)]),
    ),
    seconds,
  };
};

/** One entry for each gate, in the order in which they first come, whatever the number of entries it had. */
export const mergeGateUse = (uses: Iterable<GateUse>): readonly GateUse[] => {
  const merged = new Map<string, GateUse>();
  for (const use of uses) {
    const key = `${use.custom ? 'custom' : 'own'}#${use.gate}`;
    const before = merged.get(key);
    merged.set(key, before ? together(before, use) : use);
  }
  return [...merged.values()];
};

/** A gate that has not been asked. */
export const unusedGate = (gate: string, custom = false): GateUse => ({
  gate,
  custom,
  runs: 0,
  rejections: 0,
  medianSeconds: null,
  lastRejection: null,
  skipped: {},
  seconds: [],
});
