/** Waits beyond this are drawn shorter than they are: a day without an answer must not push all else to the edge. */
const longestMilliseconds = 90 * 60_000;

/** Places on the time axis, in percent of its width. */
export interface Scale {
  readonly at: (milliseconds: number) => number;
  /** Times to write below the axis. */
  readonly ticks: readonly number[];
  /** Whether any wait is drawn shortened. */
  readonly isShortened: boolean;
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 2880].map((minutes) => minutes * 60_000);

/** At most so many labels, and none closer than this to its neighbour, in percent. */
const mostTicks = 9;
const leastDistance = 9;

/** A time axis over moments at which something happened: even between them, but for long waits. */
export const scaleOf = (moments: readonly number[], end: number): Scale => {
  const points = [...new Set([0, ...moments.filter((at) => at > 0 && at < end), Math.max(end, 1)])].sort(
    (a, b) => a - b,
  );
  const lengths = points.slice(1).map((to, index) => to - (points[index] ?? 0));
  const weights = lengths.map((length) =>
    length <= longestMilliseconds ? length : longestMilliseconds * (1 + Math.log(length / longestMilliseconds)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const starts = weights.map((_, index) => weights.slice(0, index).reduce((sum, weight) => sum + weight, 0));
  const at = (milliseconds: number): number => {
    const index = Math.max(
      0,
      points.findLastIndex((point, place) => point <= milliseconds && place < weights.length),
    );
    const share = (milliseconds - (points[index] ?? 0)) / (lengths[index] ?? 1);
    return Math.min(100, (((starts[index] ?? 0) + Math.min(1, share) * (weights[index] ?? 0)) / total) * 100);
  };
  const step = steps.find((one) => end / one <= mostTicks) ?? 2 * (steps.at(-1) ?? 1);
  const ticks: number[] = [];
  for (let time = 0; time <= end; time += step)
    if (ticks.length === 0 || at(time) - at(ticks.at(-1) ?? 0) >= leastDistance) ticks.push(time);
  return { at, ticks, isShortened: lengths.some((length) => length > longestMilliseconds) };
};
