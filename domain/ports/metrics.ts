import type { MetricDimensions, MetricKey } from '../../contracts/monitoring/metrics.ts';

/** Measures. What is measured is lost where the handler dies; nothing is decided by it. */
export interface Metrics {
  put<K extends MetricKey>(metric: K, value: number, dimensions: MetricDimensions<K>): void;
}
