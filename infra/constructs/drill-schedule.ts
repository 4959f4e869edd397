import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { Duration, TimeZone } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DrillSettings } from '../../domain/configuration/drill-settings.ts';
import { machineArn, machineNames, product } from '../names.ts';

export interface DrillScheduleProps {
  readonly drill: Pick<DrillSettings, 'stacks'>;
  readonly schedule: NonNullable<DrillSettings['schedule']>;
}

/**
 * Drills each designated stack at its time. A call that comes twice does no harm: the second drill finds the first one
 * running and is refused. One that is late is given up; the alarm for overdue drills tells of it.
 */
export class DrillSchedule extends Construct {
  constructor(scope: Construct, id: string, { drill, schedule }: DrillScheduleProps) {
    super(scope, id);
    const campaignMachine = machineArn(this, machineNames.campaign);
    for (const { name } of drill.stacks)
      new Schedule(this, name, {
        description: `${product}: drill of ${name}`,
        schedule: ScheduleExpression.expression(schedule.expression, TimeZone.of(schedule.timeZone)),
        target: new Universal({
          service: 'sfn',
          action: 'startExecution',
          input: ScheduleTargetInput.fromObject({
            StateMachineArn: campaignMachine,
            Name: `drill-${ContextAttribute.executionId}`,
            Input: JSON.stringify({ drill: name, reason: `drill by schedule ${schedule.expression}` }),
          }),
          policyStatements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [campaignMachine] })],
          retryAttempts: 10,
          maxEventAge: Duration.hours(1),
        }),
      });
  }
}
