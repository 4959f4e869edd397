import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  metricNamespace,
  metrics,
  metricService,
  type MetricDimensions,
  type MetricKey,
} from '../../contracts/monitoring/metrics.ts';

export interface ProductMetricOptions {
  readonly period: Duration;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum' | 'p50';
  readonly label?: string;
}

/** One series of what handlers measure, as they measure it: the same names, dimensions and service. */
export const productMetric = <K extends MetricKey>(
  metric: K,
  dimensions: MetricDimensions<K>,
  options: ProductMetricOptions,
): Metric =>
  new Metric({
    namespace: metricNamespace,
    metricName: metrics[metric].name,
    dimensionsMap: { service: metricService, ...dimensions },
    ...options,
  });
