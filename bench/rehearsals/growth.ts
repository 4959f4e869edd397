/**
 * How a figure grows with the number of stacks: the exponent `b` of `a · stacks^b`, by least squares over the logarithms.
 * 0 is independent of the fleet, 1 is proportional, more will not scale. Figures that are all zero do not grow.
 */
export const growthExponent = (points: readonly { readonly stacks: number; readonly value: number }[]): number => {
  const usable = points.filter(({ value }) => value > 0);
  if (usable.length < 2) return 0;
  const logs = usable.map(({ stacks, value }) => ({ x: Math.log(stacks), y: Math.log(value) }));
  const mean = (of: (log: { x: number; y: number }) => number) =>
    logs.reduce((sum, log) => sum + of(log), 0) / logs.length;
  const [x, y] = [mean((log) => log.x), mean((log) => log.y)];
  const spread = mean((log) => (log.x - x) ** 2);
  if (spread === 0) throw new Error('growth needs figures of at least two sizes');
  return mean((log) => (log.x - x) * (log.y - y)) / spread;
};
