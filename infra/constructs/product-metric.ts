import type { Duration } from 'aws-cdk-lib';
import { Metric, SearchExpression } from 'aws-cdk-lib/aws-cloudwatch';
import {
  metricNamespace,
  metrics,
  metricService,
  type MetricKey,
  type SeriesDimensions,
} from '../../contracts/monitoring/metrics.ts';

export interface ProductMetricOptions {
  readonly period: Duration;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum' | 'p50';
  readonly label?: string;
}

/** One series of what handlers measure, as they measure it: the same names, dimensions and service. */
export const productMetric = <K extends MetricKey>(
  metric: K,
  dimensions: SeriesDimensions<K>,
  options: ProductMetricOptions,
): Metric =>
  new Metric({
    namespace: metricNamespace,
    metricName: metrics[metric].name,
    dimensionsMap: { service: metricService, ...dimensions },
    ...options,
  });

/** How many families a graph shows: more lines than these nobody tells apart. */
const mostFamilies = 20;

export interface FamilySearchOptions<K extends MetricKey> {
  /** The other dimensions of the metric. */
  readonly dimensions: SeriesDimensions<K>;
  readonly period: Duration;
  readonly statistic: 'Maximum' | 'Minimum';
  /** Which families come first where there are many. @default 'highest' */
  readonly first?: 'highest' | 'lowest';
  /** What a line is called, after its family. */
  readonly label?: string;
}

/**
 * The series of a metric for each family that has one, found by CloudWatch when somebody looks: however many families
 * there are, the dashboard stays as long as it is.
 * {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html}
 */
export const familySearch = <K extends MetricKey>(metric: K, options: FamilySearchOptions<K>): SearchExpression => {
  const { dimensions, period, statistic, first = 'highest', label = '' } = options;
  const schema = [metricNamespace, 'service', ...metrics[metric].dimensions].map((one) => `"${one}"`).join(',');
  const wanted = Object.entries<string>({ MetricName: metrics[metric].name, service: metricService, ...dimensions });
  const terms = wanted.map(([key, value]) => `${key}="${value}"`).join(' ');
  const search = `SEARCH('{${schema}} ${terms}', '${statistic}', ${String(period.toSeconds())})`;
  const order = first === 'highest' ? 'MAX, DESC' : 'MIN, ASC';
  return new SearchExpression({
    expression: `SORT(${search}, ${order}, ${String(mostFamilies)})`,
    label: `\${PROP('Dim.family')} ${label}`.trimEnd(),
    period,
  });
};
