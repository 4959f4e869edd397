import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule, type EventPattern, type IEventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import {
  calendarChanged,
  executionFailed,
  gateEnded,
  groupChanged,
  imageAvailable,
  imageBuilt,
  imageMade,
  imageScanned,
  instanceEnded,
  instanceScanned,
  packageFound,
  runbookEnded,
  scanCompleted,
  spotInterrupted,
  stackSettled,
} from '../event-patterns.ts';
import { bootChecks, needsInstances } from '../gate-instances.ts';
import { gateArns } from '../gate-arns.ts';
import { machineArn, machineNames, product } from '../names.ts';
import { longestDelivery, type HandlerFunction } from './handler-function.ts';
import type { HandlerFunctions } from './handler-functions.ts';
import { MemberBus } from './member-bus.ts';

export interface TriggersProps {
  readonly configuration: Configuration;
  readonly functions: HandlerFunctions;
}

/**
 * What makes the product act: events and one schedule. The hub's own events come to its default bus, those of the
 * member accounts and of other regions to the bus of the product; both buses have the same rules.
 */
export class Triggers extends Construct {
  readonly bus: MemberBus;

  constructor(scope: Construct, id: string, { configuration, functions }: TriggersProps) {
    super(scope, id);
    this.bus = new MemberBus(this, 'Bus', configuration);
    const start = functions.of('start-campaign');
    const settle = functions.of('settle-event');
    const watch = functions.of('watch-findings');
    const buses: readonly [string, IEventBus | undefined][] = [
      ['', undefined],
      ['Member', this.bus as IEventBus],
    ];
    for (const [prefix, bus] of buses) {
      const on = (name: string, pattern: EventPattern, target: HandlerFunction): void =>
        this.#rule(`${prefix}${name}`, target, { pattern, ...(bus && { bus }) });
      on('ImageAvailable', imageAvailable, start);
      on('ImageMade', imageMade, settle);
      on('ImageBuilt', imageBuilt, start);
      on('StackSettled', stackSettled, settle);
      on('GroupChanged', groupChanged, settle);
      on('ImageScanned', imageScanned, settle);
      on('ScanCompleted', scanCompleted, settle);
      on('PromotedScanned', imageScanned, watch);
      on('PromotedScanCompleted', scanCompleted, watch);
      on('PackageFound', packageFound, watch);
    }
    const machines = Object.values(machineNames).map((name) => machineArn(this, name));
    this.#rule('ExecutionFailed', functions.of('after-execution'), {
      pattern: executionFailed(machines),
      input: RuleTargetInput.fromEventPath('$.detail'),
    });
    const { calendars, rings } = configuration;
    if (calendars.length + rings.flatMap((ring) => ring.calendars).length > 0)
      this.#rule('CalendarChanged', settle, { pattern: calendarChanged });
    const gates = gateArns(configuration, 'stateMachine');
    if (gates.length > 0) this.#rule('GateEnded', settle, { pattern: gateEnded(gates) });
    const runbooks = bootChecks(configuration).map(({ runbook }) => runbook);
    if (runbooks.length > 0) this.#rule('RunbookEnded', settle, { pattern: runbookEnded(runbooks) });
    if (needsInstances(configuration)) {
      this.#rule('InstanceScanned', settle, { pattern: instanceScanned });
      this.#rule('SpotInterrupted', settle, { pattern: spotInterrupted });
      this.#rule('InstanceEnded', settle, { pattern: instanceEnded });
      this.#rule('Janitor', functions.of('end-gate-instances'), {
        schedule: Schedule.rate(Duration.minutes(15)),
      });
    }
    this.#rule('Sweep', functions.of('sweep'), { schedule: Schedule.rate(Duration.minutes(5)) });
    this.#rule('KeepImages', functions.of('keep-images'), { schedule: Schedule.rate(Duration.days(1)) });
    this.#rule('WatchFindings', watch, { schedule: Schedule.rate(Duration.days(1)) });
    this.#rule('SweepImages', functions.of('sweep-images'), { schedule: Schedule.rate(Duration.days(1)) });
  }

  #rule(
    name: string,
    target: HandlerFunction,
    of: { pattern?: EventPattern; schedule?: Schedule; bus?: IEventBus; input?: RuleTargetInput },
  ): void {
    new Rule(this, name, {
      description: `${product}: ${name}`,
      ...(of.pattern && { eventPattern: of.pattern }),
      ...(of.schedule && { schedule: of.schedule }),
      ...(of.bus && { eventBus: of.bus }),
      targets: [
        new LambdaFunction(target, {
          ...(target.failures && { deadLetterQueue: target.failures }),
          maxEventAge: longestDelivery,
          retryAttempts: 100,
          ...(of.input && { event: of.input }),
        }),
      ],
    });
  }
}
