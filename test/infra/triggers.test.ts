import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { matchesPattern } from '../../rehearsal/event-bus.ts';
import { configurationWith, resourcesOf } from './deployed.ts';

interface Target {
  readonly Arn: { readonly 'Fn::GetAtt': readonly [string, 'Arn'] };
  readonly DeadLetterConfig?: unknown;
  readonly RetryPolicy?: unknown;
  readonly InputPath?: string;
}

interface Rule {
  readonly EventBusName?: { readonly Ref: string };
  readonly EventPattern?: Readonly<Record<string, unknown>>;
  readonly ScheduleExpression?: string;
  readonly Targets: readonly Target[];
}

const template = synthesizeHub(configurationWith(), { bundle: false });
const rules = resourcesOf<Rule>(template, 'AWS::Events::Rule').map(({ Properties }) => Properties);
const bus = resourcesOf(template, 'AWS::Events::EventBus')[0]!;

const functionOf = ({ Arn }: Target): unknown => template.Resources[Arn['Fn::GetAtt'][0]]?.Properties?.['FunctionName'];
const example = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../examples/events/${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;

/** The functions that an event on a bus reaches. */
const reached = (event: unknown, on: 'default' | 'members'): unknown[] =>
  rules
    .filter(({ EventBusName }) => (EventBusName === undefined) === (on === 'default'))
    .filter(({ EventPattern }) => matchesPattern(EventPattern, event))
    .flatMap(({ Targets }) => Targets.map(functionOf));

const start = ['ami-rollout-start-campaign'];
const settle = ['ami-rollout-settle-event'];
const watch = ['ami-rollout-watch-findings'];

describe('the rules', () => {
  it.each([
    ['ec2-ami-state-change', [...start, ...settle]],
    ['ec2-ami-state-change-deregistered', []],
    ['imagebuilder-image-state-change', start],
    ['cloudformation-stack-status-change', settle],
    ['autoscaling-instance-refresh-succeeded', settle],
    ['inspector2-scan', [...settle, ...watch]],
    ['inspector2-on-demand-scan-complete', [...settle, ...watch]],
    ['inspector2-finding', watch],
  ])('bring the example %s to %j, from here and from members', (name, functions) => {
    expect(reached(example(name), 'default')).toEqual(functions);
    expect(reached(example(name), 'members')).toEqual(functions);
  });

  it('hear what the pipeline of a builder account has built', () => {
    const built = { ...example('imagebuilder-image-state-change'), account: '444455556666' };
    expect(reached(built, 'members')).toEqual(['ami-rollout-start-campaign']);
  });

  it.each([
    ['UPDATE_IN_PROGRESS', []],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', []],
    ['UPDATE_ROLLBACK_IN_PROGRESS', []],
    ['UPDATE_ROLLBACK_COMPLETE', settle],
    ['UPDATE_ROLLBACK_FAILED', settle],
    ['IMPORT_COMPLETE', settle],
    ['DELETE_COMPLETE', settle],
  ])('call a function for a stack in %s only if an operation is over', (status, functions) => {
    const event = example('cloudformation-stack-status-change');
    const detail = { ...(event['detail'] as object), 'status-details': { status } };
    expect(reached({ ...event, detail }, 'default')).toEqual(functions);
  });

  it('leave scans of other things than images alone', () => {
    const { detail, ...event } = example('inspector2-scan');
    expect(reached({ ...event, detail: { ...(detail as object), 'machine-image-id': undefined } }, 'default')).toEqual(
      [],
    );
  });

  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['in an image', { resources: [{ type: 'AWS_LAMBDA_FUNCTION' }, { type: 'MACHINE_IMAGE' }] }, watch],
    ['in a container', { resources: [{ type: 'AWS_ECR_CONTAINER_IMAGE' }] }, []],
    ['that is closed', { status: 'CLOSED' }, []],
    ['about the network', { type: 'NETWORK_REACHABILITY' }, []],
    ['that is informational', { severity: 'INFORMATIONAL' }, []],
  ])('hear of a finding %s: %j', (_what, change, functions) => {
    const event = example('inspector2-finding');
    expect(reached({ ...event, detail: { ...(event['detail'] as object), ...change } }, 'default')).toEqual(functions);
  });

  it.each([
    ['ami-rollout-campaign', 'FAILED', true],
    ['ami-rollout-campaign', 'ABORTED', true],
    ['ami-rollout-restore', 'TIMED_OUT', true],
    ['ami-rollout-campaign', 'SUCCEEDED', false],
    // A child of a map.
    ['ami-rollout-campaign/canaryRing', 'FAILED', false],
    ['somebody-elses', 'FAILED', false],
  ])('look after an execution of %s that ended %s: %j', (name, status, looks) => {
    const stateMachineArn = `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;
    const event = {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { name: 'al2023-base-1', stateMachineArn, status },
    };
    expect(reached(event, 'default')).toEqual(looks ? ['ami-rollout-after-execution'] : []);
    // It gets what it declares: the execution, without the envelope.
    const target = rules
      .flatMap(({ Targets }) => Targets)
      .find((one) => functionOf(one) === 'ami-rollout-after-execution');
    expect(target?.InputPath).toBe('$.detail');
  });

  it('sweep every five minutes, and look at the images every day', () => {
    const schedules = rules.filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);
    expect(schedules.map((rule) => [rule.ScheduleExpression, ...rule.Targets.map(functionOf)])).toEqual([
      ['rate(5 minutes)', 'ami-rollout-sweep'],
      ['rate(1 day)', 'ami-rollout-keep-images'],
      ['rate(1 day)', 'ami-rollout-watch-findings'],
      ['rate(1 day)', 'ami-rollout-sweep-images'],
    ]);
  });

  it('keep what they cannot deliver', () => {
    const targets = rules.flatMap(({ Targets }) => Targets);
    expect(targets).toHaveLength(rules.length);
    for (const target of targets) {
      expect(target).toMatchObject({
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringContaining('Failures'), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 100 },
      });
    }
  });
});

describe('the bus', () => {
  it('takes events of AWS from the configured members, and from nobody else', () => {
    expect(bus.Properties['Name']).toBe('ami-rollout');
    const [policy] = resourcesOf<{ Statement: Record<string, unknown> }>(template, 'AWS::Events::EventBusPolicy');
    expect(policy?.Properties.Statement).toMatchObject({
      Principal: { AWS: ['444455556666'] },
      Action: 'events:PutEvents',
      Condition: {
        StringEquals: { 'events:source': expect.arrayContaining(['aws.cloudformation', 'aws.autoscaling']) },
      },
    });
    const alone = configurationWith({ targets: { accounts: ['111122223333'] } });
    expect(resourcesOf(synthesizeHub(alone, { bundle: false }), 'AWS::Events::EventBusPolicy')).toEqual([]);
  });
});

describe('the rule of change calendars', () => {
  const calendarRules = (options: Parameters<typeof configurationWith>[0]) =>
    resourcesOf<Rule>(synthesizeHub(configurationWith(options), { bundle: false }), 'AWS::Events::Rule').filter(
      ({ Properties }) =>
        matchesPattern(Properties.EventPattern, { source: 'aws.ssm', 'detail-type': 'Calendar State Change' }),
    );

  it('is there where the configuration names a calendar, and only there', () => {
    expect(calendarRules({})).toHaveLength(0);
    expect(calendarRules({ calendars: ['change-freeze'] })).toHaveLength(1);
  });
});
