import FakeTimers from '@sinonjs/fake-timers';
import { CloudFormationClient, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import type { EventEnvelope } from '../../../rehearsal/aws/host.ts';
import { fleetAccount, sessionKeyId } from '../../../rehearsal/aws/accounts.ts';
import type { CallRecord } from '../../../rehearsal/aws/call.ts';
import { interceptClients } from '../../../rehearsal/aws/intercept-clients.ts';
import { type SimStack } from '../../../rehearsal/aws/state/sim-stack.ts';
import { readTemplate } from '../../../rehearsal/aws/state/stack-template.ts';
import { createWorld, type ScenarioWorld } from '../../../rehearsal/scenario/create-world.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import type { Scenario } from '../../../rehearsal/scenario/scenario-schema.ts';
import type { StackTemplates } from '../../../rehearsal/scenario/stack-templates.ts';

/** Templates that do not depend on the examples on disk. */
const testTemplates: StackTemplates = ({ mode }) => (mode === 'ssm' ? ssmTemplate : parameterTemplate);

const template = (imageType: string): string => `
Parameters:
  ImageId: { Type: '${imageType}' }
  InstanceType: { Type: String, Default: t3.micro }
  VpcId: { Type: AWS::EC2::VPC::Id }
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: { MinSize: !Ref MinSize }
`;

const parameterTemplate = readTemplate(template('AWS::EC2::Image::Id'));
const ssmTemplate = readTemplate(template('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>'));

export const region = 'eu-west-1';
export const account = fleetAccount(1);

/** Credentials of a session in an account, as AssumeRole hands them out. */
const sessionIn = (id: string) => ({ accessKeyId: sessionKeyId(id, 1), secretAccessKey: 'simulated' });

/** Configuration of a client that acts in an account and region. */
export const at = (id: string = account, where: string = region, maxAttempts = 1) => ({
  region: where,
  credentials: sessionIn(id),
  maxAttempts,
});

/** A world under a clock of its own, with real clients answered by it. */
export class Simulation implements AsyncDisposable {
  readonly scenario: Scenario;
  readonly clock: ReturnType<typeof FakeTimers.install>;
  readonly created: ScenarioWorld;
  readonly events: EventEnvelope[] = [];
  readonly calls: CallRecord[] = [];
  readonly #uninstall: () => void;

  constructor(scenario: object) {
    this.scenario = scenarioOf({ name: 'test', ...scenario }, 'test');
    this.clock = FakeTimers.install({
      now: Date.UTC(2026, 10, 3, 9),
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
    this.created = createWorld(this.scenario, { emit: (event) => this.events.push(event) }, undefined, testTemplates);
    this.world.onCall = (record) => this.calls.push(record);
    this.#uninstall = interceptClients(this.world);
  }

  get world() {
    return this.created.world;
  }

  get newImage(): string {
    return this.created.images.new.get(region)!;
  }

  get previousImage(): string {
    return this.created.images.previous.get(region)!;
  }

  stack(name: string): SimStack {
    return this.world.stacks.find((stack) => stack.name === name)!;
  }

  /** Lets virtual time run until the promise settles. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false };
    const done = promise.finally(() => (state.settled = true));
    done.catch(() => undefined);
    for (let i = 0; i < 20 && !state.settled; i++) await Promise.resolve();
    for (let ticks = 0; !state.settled && ticks < 100_000; ticks++) await this.clock.nextAsync();
    return done;
  }

  /** Lets so many virtual minutes pass. */
  async minutes(count: number): Promise<void> {
    await this.clock.tickAsync(count * 60_000);
  }

  /** The statuses that events told about a stack, in the order they came. */
  statuses(name: string): unknown[] {
    const { id } = this.stack(name);
    return this.events
      .filter(({ source, detail }) => source === 'aws.cloudformation' && detail['stack-id'] === id)
      .map(({ detail }) => (detail['status-details'] as { status: string }).status);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#uninstall();
    this.clock.uninstall();
    return Promise.resolve();
  }
}

/** An UpdateStack that sets the image parameter and keeps everything else. */
export const imageUpdate = (stack: string, image: string | undefined, more: object = {}): UpdateStackCommand =>
  new UpdateStackCommand({
    StackName: stack,
    UsePreviousTemplate: true,
    Parameters: [
      image === undefined
        ? { ParameterKey: 'ImageId', UsePreviousValue: true }
        : { ParameterKey: 'ImageId', ParameterValue: image },
      { ParameterKey: 'InstanceType', UsePreviousValue: true },
      { ParameterKey: 'VpcId', UsePreviousValue: true },
    ],
    ...more,
  });

/** A CloudFormation client in the first fleet account. */
export const cloudFormationClient = (maxAttempts = 1): CloudFormationClient =>
  new CloudFormationClient(at(account, region, maxAttempts));
