import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { measuredGates } from '../../domain/configuration/gate-names.ts';
import { product } from '../names.ts';
import type { HandlerFunctions } from './handler-functions.ts';
import { productMetric } from './product-metric.ts';

export interface AlarmsProps {
  readonly configuration: Pick<Configuration, 'monitoring'>;
  readonly functions: HandlerFunctions;
  readonly campaign: StateMachine;
  readonly restore: StateMachine;
  readonly topic: ITopic;
}

/** One alarm: which section of the runbook it belongs to, what is watched, and what to do. */
interface AlarmSpec {
  /** Heading of its section in docs/runbook.md, and the alarm's name after the product's. */
  readonly section: string;
  /** Tells apart the alarms that share a section. */
  readonly of?: string;
  readonly metric: IMetric;
  /** Null: the alarm is switched off. */
  readonly threshold: number | null;
  readonly comparison?: 'above' | 'below';
  /** @default 1 */
  readonly periods?: number;
  /** What no data means. @default 'fine' */
  readonly silence?: 'fine' | 'alarm';
  /** What has happened and what to do, in two sentences. */
  readonly says: string;
}

const soon = Duration.minutes(5);
const daily = Duration.days(1);

/**
 * What a person must look at, each with its section in docs/runbook.md. A campaign that failed is no alarm: it says so
 * itself, with its outcome. One that was ended from outside may not have, and a restore that failed left stacks behind.
 */
export class Alarms extends Construct {
  /** All of them, for the dashboard. */
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(props.topic);
    this.alarms = [...machineAlarms(props), ...measuredAlarms(props), ...deadLetterAlarms(props)]
      .filter(({ threshold }) => threshold !== null)
      .map((spec) => this.#alarm(spec, action));
  }

  #alarm({ section, of, metric, threshold, says, ...rest }: AlarmSpec, action: SnsAction): Alarm {
    const { comparison = 'above', periods = 1, silence = 'fine' } = rest;
    const name = [section, ...(of === undefined ? [] : [of.toLowerCase().replaceAll(' ', '-')])].join('-');
    const alarm = new Alarm(this, name, {
      alarmName: `${product}-${name}`,
      alarmDescription: `${product}: ${says} See docs/runbook.md#${section}`,
      metric,
      threshold: threshold ?? 0,
      comparisonOperator:
        comparison === 'above' ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: silence === 'alarm' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    return alarm;
  }
}

/** Executions that ended in a way that nobody is told of otherwise. */
const machineAlarms = ({ campaign, restore }: AlarmsProps): readonly AlarmSpec[] => [
  {
    section: 'campaign-aborted',
    metric: campaign.metricAborted({ period: soon }),
    threshold: 0,
    says: 'A campaign was stopped from outside. Its restore starts by itself: see that it ends.',
  },
  {
    section: 'campaign-timed-out',
    metric: campaign.metricTimedOut({ period: soon }),
    threshold: 0,
    says: 'A campaign ran into its time limit. Find the state it waited in; its restore starts by itself.',
  },
  {
    section: 'restore-failed',
    metric: restore.metricFailed({ period: soon }),
    threshold: 0,
    says: 'A restore left stacks that are not back. Mend what their reasons name, then roll the campaign back again.',
  },
  {
    section: 'restore-aborted',
    metric: restore.metricAborted({ period: soon }),
    threshold: 0,
    says: 'A restore was stopped from outside. It is started again by itself: see that it ends.',
  },
  {
    section: 'restore-timed-out',
    metric: restore.metricTimedOut({ period: soon }),
    threshold: 0,
    says: 'A restore ran into its time limit. Find the stack it waited for; it is started again by itself.',
  },
];

const seconds = (minutes: number | null): number | null => (minutes === null ? null : minutes * 60);

/**
 * What handlers measure, over all families: the number of alarms must not grow with theirs, for a stack holds 500 resources.
 * Which family it is, the dashboard and the commands of the runbook say.
 */
const measuredAlarms = ({ configuration }: AlarmsProps): readonly AlarmSpec[] => {
  const { monitoring } = configuration;
  return [
    {
      section: 'campaign-slow',
      metric: productMetric('campaignDuration', {}, { period: soon, statistic: 'Maximum' }),
      threshold: seconds(monitoring.campaignHours === null ? null : monitoring.campaignHours * 60),
      says: 'A campaign took too long. Find it in the status, and in its timeline what it waited for.',
    },
    ...measuredGates.map((gate) => ({
      section: 'gates-refuse',
      of: gate,
      metric: productMetric('gatePassed', { gate }, { period: daily, statistic: 'Average' }),
      threshold: monitoring.gatePassPercent === null ? null : monitoring.gatePassPercent / 100,
      comparison: 'below' as const,
      says: `Gate ${gate} refuses most images. Read its reasons: builds or the gate's rules need mending.`,
    })),
    {
      section: 'detection-slow',
      metric: productMetric('timeToDetect', {}, { period: soon, statistic: 'Maximum' }),
      threshold: seconds(monitoring.detectMinutes),
      says: 'It took too long until the first failure of a ring was known. Look whether its event was lost.',
    },
    {
      section: 'restore-slow',
      metric: productMetric('timeToRestore', {}, { period: soon, statistic: 'Maximum' }),
      threshold: seconds(monitoring.restoreMinutes),
      says: 'It took too long until a fleet was back. Find the slowest stack in the report of the campaign.',
    },
    {
      section: 'stuck-tokens',
      metric: productMetric('stuckTokens', {}, { period: soon, statistic: 'Minimum' }),
      threshold: monitoring.stuckTokens,
      periods: 6,
      says: 'Many waits for what AWS does are overdue. Look whether events of the member accounts still come.',
    },
    {
      section: 'sweep-silent',
      metric: productMetric('stuckTokens', {}, { period: Duration.minutes(15), statistic: 'SampleCount' }),
      threshold: 1,
      comparison: 'below',
      periods: 2,
      silence: 'alarm',
      says: 'The sweep has not run for half an hour: lost events are not made up for. Look into its log and its rule.',
    },
    {
      section: 'image-stale',
      metric: productMetric('daysSincePromotion', {}, { period: daily, statistic: 'Maximum' }),
      threshold: monitoring.imageStalenessDays,
      says: 'A family has had no new image for too long. Find out which, and where it stopped: build, gate, or approval.',
    },
    {
      section: 'drill-overdue',
      metric: productMetric('daysSinceDrill', {}, { period: daily, statistic: 'Maximum' }),
      threshold: monitoring.drillDays,
      says: 'No drill of a designated stack has succeeded for too long. Read why the last ones failed, then drill it again.',
    },
    {
      section: 'adoption-slow',
      metric: productMetric('hoursToAdoption', { share: '90' }, { period: soon, statistic: 'Maximum' }),
      threshold: monitoring.adoptionHours,
      says: 'An image took too long to reach 90 % of the instances. Find the campaign and compare where the hours went.',
    },
  ];
};

const deadLetterAlarms = ({ configuration, functions }: AlarmsProps): readonly AlarmSpec[] =>
  functions.queued.flatMap(({ handlerName, failures }) =>
    failures === undefined
      ? []
      : [
          {
            section: 'dead-letters',
            of: handlerName,
            metric: failures.metricApproximateNumberOfMessagesVisible({ period: soon, statistic: 'max' }),
            threshold: configuration.monitoring.deadLetters,
            says: `Handler ${handlerName} has calls that failed for good. Find the cause in its log, then send them again.`,
          },
        ],
  );
