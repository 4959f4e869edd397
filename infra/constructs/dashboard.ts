import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { adoptionShares, type MetricKey, type SeriesDimensions } from '../../contracts/monitoring/metrics.ts';
import { measuredGates } from '../../domain/configuration/gate-names.ts';
import { outcomes } from '../../domain/words.ts';
import { product } from '../names.ts';
import type { HandlerFunctions } from './handler-functions.ts';
import { familySearch, productMetric } from './product-metric.ts';

export interface DashboardProps {
  readonly functions: HandlerFunctions;
  readonly campaign: StateMachine;
  readonly restore: StateMachine;
  readonly alarms: readonly IAlarm[];
}

const daily = Duration.days(1);
const period = Duration.minutes(5);

const graph = (title: string, left: readonly IMetric[], label: string): IWidget =>
  new GraphWidget({ title, width: 8, height: 6, left: [...left], leftYAxis: { label, min: 0, showUnits: false } });

/** All families in one line, as the alarm has it, and the worst of them one by one. */
const familyLines = <K extends MetricKey>(
  metric: K,
  dimensions: SeriesDimensions<K>,
  statistic: 'Maximum' | 'Minimum',
  label?: string,
): IMetric[] => [
  productMetric(metric, dimensions, {
    period: daily,
    statistic,
    label: label === undefined ? 'all families' : `all families ${label}`,
  }),
  familySearch(metric, {
    dimensions,
    period: daily,
    statistic,
    first: statistic === 'Maximum' ? 'highest' : 'lowest',
    ...(label !== undefined && { label }),
  }),
];

/** What the product measures on one page in CloudWatch: the state of the alarms, then how campaigns, gates and fleet do. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: product,
      defaultInterval: Duration.days(14),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 4, alarms: [...props.alarms] })],
        campaigns(),
        gatesAndFailures(),
        adoption(),
        machinery(props),
      ],
    });
  }
}

const campaigns = (): IWidget[] => [
  graph(
    'Campaigns ended, by outcome',
    outcomes.map((outcome) =>
      productMetric('campaignsEnded', { outcome }, { period: daily, statistic: 'Sum', label: outcome }),
    ),
    'campaigns a day',
  ),
  graph('Campaign duration', familyLines('campaignDuration', {}, 'Maximum'), 'seconds'),
  graph('Days since the last promotion', familyLines('daysSincePromotion', {}, 'Maximum'), 'days'),
];

const gatesAndFailures = (): IWidget[] => [
  graph(
    'Pass rate of the gates (1 = all)',
    measuredGates.map((gate) =>
      productMetric('gatePassed', { gate }, { period: daily, statistic: 'Average', label: gate }),
    ),
    'share',
  ),
  graph('Time to detect', familyLines('timeToDetect', {}, 'Maximum'), 'seconds'),
  graph('Time to restore', familyLines('timeToRestore', {}, 'Maximum'), 'seconds'),
  graph('Time to restore, in drills', familyLines('drillTimeToRestore', {}, 'Maximum'), 'seconds'),
];

const adoption = (): IWidget[] => [
  graph('Instances on the image when it was promoted', familyLines('adoption', {}, 'Minimum'), 'percent'),
  graph(
    'From the making of an image to the instances',
    adoptionShares.flatMap((share) =>
      familyLines('hoursToAdoption', { share: String(share) }, 'Maximum', `${share} %`),
    ),
    'hours',
  ),
];

const machinery = ({ functions, campaign, restore }: DashboardProps): IWidget[] => [
  graph('Overdue waits', [productMetric('stuckTokens', {}, { period, statistic: 'Maximum' })], 'waits'),
  graph(
    'Dead letters',
    functions.queued.flatMap(({ handlerName, failures }) =>
      failures === undefined
        ? []
        : [failures.metricApproximateNumberOfMessagesVisible({ period, statistic: 'max', label: handlerName })],
    ),
    'messages',
  ),
  graph(
    'Executions',
    [
      campaign.metricStarted({ period: daily, label: 'campaigns started' }),
      campaign.metricFailed({ period: daily, label: 'campaigns failed' }),
      campaign.metricAborted({ period: daily, label: 'campaigns aborted' }),
      restore.metricStarted({ period: daily, label: 'restores started' }),
      restore.metricFailed({ period: daily, label: 'restores failed' }),
    ],
    'executions a day',
  ),
];
