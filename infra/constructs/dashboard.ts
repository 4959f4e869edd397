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
import { adoptionShares } from '../../contracts/monitoring/metrics.ts';
import { measuredGates, type Configuration } from '../../domain/configuration.ts';
import { outcomes } from '../../domain/words.ts';
import { product } from '../names.ts';
import type { HandlerFunctions } from './handler-functions.ts';
import { productMetric } from './product-metric.ts';

export interface DashboardProps {
  readonly configuration: Pick<Configuration, 'families'>;
  readonly functions: HandlerFunctions;
  readonly campaign: StateMachine;
  readonly restore: StateMachine;
  readonly alarms: readonly IAlarm[];
}

const daily = Duration.days(1);
const period = Duration.minutes(5);

const graph = (title: string, left: readonly IMetric[], label: string): IWidget =>
  new GraphWidget({ title, width: 8, height: 6, left: [...left], leftYAxis: { label, min: 0, showUnits: false } });

/** What the product measures on one page in CloudWatch: the state of the alarms, then how campaigns, gates and fleet do. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: product,
      defaultInterval: Duration.days(14),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 4, alarms: [...props.alarms] })],
        campaigns(props),
        gatesAndFailures(props),
        adoption(props),
        machinery(props),
      ],
    });
  }
}

const campaigns = ({ configuration: { families } }: DashboardProps): IWidget[] => [
  graph(
    'Campaigns ended, by outcome',
    families.flatMap(({ name: family }) =>
      outcomes.map((outcome) =>
        productMetric(
          'campaignsEnded',
          { family, outcome },
          { period: daily, statistic: 'Sum', label: `${family} ${outcome}` },
        ),
      ),
    ),
    'campaigns a day',
  ),
  graph(
    'Campaign duration',
    families.map(({ name: family }) =>
      productMetric('campaignDuration', { family }, { period: daily, statistic: 'Maximum', label: family }),
    ),
    'seconds',
  ),
  graph(
    'Days since the last promotion',
    families.map(({ name: family }) =>
      productMetric('daysSincePromotion', { family }, { period: daily, statistic: 'Maximum', label: family }),
    ),
    'days',
  ),
];

const gatesAndFailures = ({ configuration: { families } }: DashboardProps): IWidget[] => [
  graph(
    'Pass rate of the gates (1 = all)',
    measuredGates.map((gate) =>
      productMetric('gatePassed', { gate }, { period: daily, statistic: 'Average', label: gate }),
    ),
    'share',
  ),
  graph(
    'Time to detect',
    families.map(({ name: family }) =>
      productMetric('timeToDetect', { family }, { period: daily, statistic: 'Maximum', label: family }),
    ),
    'seconds',
  ),
  graph(
    'Time to restore',
    families.map(({ name: family }) =>
      productMetric('timeToRestore', { family }, { period: daily, statistic: 'Maximum', label: family }),
    ),
    'seconds',
  ),
];

const adoption = ({ configuration: { families } }: DashboardProps): IWidget[] => [
  graph(
    'Instances on the image when it was promoted',
    families.map(({ name: family }) =>
      productMetric('adoption', { family }, { period: daily, statistic: 'Minimum', label: family }),
    ),
    'percent',
  ),
  graph(
    'From the making of an image to the instances',
    families.flatMap(({ name: family }) =>
      adoptionShares.map((share) =>
        productMetric(
          'hoursToAdoption',
          { family, share: String(share) },
          { period: daily, statistic: 'Maximum', label: `${family} ${share} %` },
        ),
      ),
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
