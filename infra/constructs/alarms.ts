import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { HandlerFunctions } from './handler-functions.ts';

export interface AlarmsProps {
  readonly functions: HandlerFunctions;
  readonly campaign: StateMachine;
  readonly restore: StateMachine;
  readonly topic: ITopic;
}

const period = Duration.minutes(5);

/**
 * What a person must look at. A campaign that failed is no alarm: it says so itself, with its outcome. One that was
 * ended from outside may not have, and a restore that failed left stacks behind.
 */
export class Alarms extends Construct {
  readonly #topic: ITopic;

  constructor(scope: Construct, id: string, { functions, campaign, restore, topic }: AlarmsProps) {
    super(scope, id);
    this.#topic = topic;
    for (const { node, failures } of functions.queued) {
      if (failures === undefined) continue;
      this.#alarm(
        `${node.id}Failures`,
        failures.metricApproximateNumberOfMessagesVisible({ period, statistic: 'max' }),
        `Handler ${node.id} has dead letters: find the cause in its log, then redrive the queue.`,
      );
    }
    this.#alarm('CampaignAborted', campaign.metricAborted({ period }), 'A campaign was stopped from outside.');
    this.#alarm('CampaignTimedOut', campaign.metricTimedOut({ period }), 'A campaign ran into its time limit.');
    this.#alarm('RestoreFailed', restore.metricFailed({ period }), 'A restore left stacks that are not back.');
    this.#alarm('RestoreAborted', restore.metricAborted({ period }), 'A restore was stopped from outside.');
    this.#alarm('RestoreTimedOut', restore.metricTimedOut({ period }), 'A restore ran into its time limit.');
  }

  #alarm(id: string, metric: IMetric, alarmDescription: string): void {
    new Alarm(this, id, {
      metric,
      alarmDescription: `ami-rollout: ${alarmDescription}`,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.#topic));
  }
}
