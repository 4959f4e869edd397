import { channel } from 'node:diagnostics_channel';
import { Metrics as EmbeddedMetrics } from '@aws-lambda-powertools/metrics';
import { metricNamespace, metrics as all, metricService } from '../../contracts/monitoring/metrics.ts';
import type { Metrics } from '../../domain/ports/metrics.ts';

/** Whoever subscribes hears of every measurement, in the form that CloudWatch reads. */
const measurements = channel('ami-rollout:metrics');

/**
 * Metrics by lines of the log in the embedded metric format: no call, no right, no wait. Each is a line of its own, for a
 * handler may work for several campaigns at once.
 * {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html}
 */
export const metrics: Metrics = {
  put: (metric, value, dimensions) => {
    const { name, unit } = all[metric];
    // CloudWatch takes no empty value: a campaign that was never opened has no family.
    const said = Object.entries<string>(dimensions).map(([dimension, is]) => [dimension, is || 'unknown'] as const);
    const { family, ...defaultDimensions } = Object.fromEntries(said);
    const line = new EmbeddedMetrics({ namespace: metricNamespace, serviceName: metricService, defaultDimensions });
    // Alarms go by the series over all families, one alarm for each would be more than a stack can hold: the empty set
    // beside the family's makes that series from the same line.
    if (family !== undefined) line.addDimension('family', family).addDimensions({});
    line.addMetric(name, unit, value);
    if (measurements.hasSubscribers) measurements.publish(line.serializeMetrics());
    line.publishStoredMetrics();
  },
};
