import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableSchemes } from '../../adapters/table/connect-table.ts';
import { memoryTable } from '../../adapters/table/memory-table.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Table } from '../../domain/ports/table.ts';
import { schemaVersion, type StackRecord } from '../../domain/records.ts';
import { findCampaign } from '../../domain/store/campaigns.ts';
import { storeCurrent } from '../../domain/store/promotions.ts';
import { getStackRecord } from '../../domain/store/stack-records.ts';
import { ringTitle } from '../../statemachines/titles.ts';
import { bindFaults, type FaultHooks } from '../aws/faults/bind-faults.ts';
import type { PlannedRing } from '../aws/faults/fault.ts';
import type { EventEnvelope, StatesHost, WorldHost } from '../aws/host.ts';
import { interceptClients } from '../aws/intercept-clients.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Deployment } from '../definitions/deployment.ts';
import type { StatusChange } from '../engine/engine-host.ts';
import type { EngineStep } from '../engine/engine-step.ts';
import { Engine } from '../engine/engine.ts';
import { inputOf, targetsOf } from '../event-bus.ts';
import type { EventLog } from '../event-log.ts';
import { LambdaService } from '../lambda-service.ts';
import { arrive } from '../scenario/arrive.ts';
import { announceImage } from '../scenario/create-images.ts';
import { createWorld, type ScenarioWorld } from '../scenario/create-world.ts';
import { ScenarioError } from '../scenario/parse-scenario.ts';
import { seededRandom } from '../scenario/random.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import type { StartEvent } from './start-event.ts';
import { asHandler, watchCalls, watchedTable, type Access } from './access.ts';
import { countingTable, type TableCounts } from './counting-table.ts';
import { Operations } from './operations.ts';
import { GateDoubles } from './gate-doubles.ts';
import { operators } from './operators.ts';
import type { Progress } from './progress.ts';
import { RunFaults } from './run-faults.ts';
import { statesHost } from './states-host.ts';

/** Names that the deployment gives to its own resources. */
export const names = {
  bucket: 'ami-rollout-plans',
  topic: 'ami-rollout',
  campaign: 'ami-rollout-campaign',
  restore: 'ami-rollout-restore',
} as const;

export interface RunOptions {
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly deployment: Deployment;
  readonly log: EventLog;
  readonly clock: VirtualClock;
  /** The event that starts the campaign, instead of a manual start. */
  readonly start?: StartEvent;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears of every use of a right. */
  readonly onAccess?: (access: Access) => void;
}

/** The memory behind `memory:` addresses: the table of the run under way. */
let currentTable: Table | undefined;
const forwarding = new Proxy({} as Table, {
  get: (_, method) => {
    if (!currentTable) throw new Error('no rehearsal is running: there is no table');
    return Reflect.get(currentTable, method) as unknown;
  },
});

/** One rehearsal under way: the simulated AWS, the engine, Lambda, the event bus and the people, wired as deployed. */
export class Run {
  readonly engine: Engine;
  readonly lambda: LambdaService;
  readonly scenarioWorld: ScenarioWorld;
  readonly table: Table;
  readonly tableCounts: TableCounts = { reads: 0, writes: 0 };
  /** Events that member accounts have sent to the hub's bus. */
  forwardedEvents = 0;
  /** Campaign executions in the order of their starts. */
  readonly campaigns: string[] = [];
  /** When each ring's bake, each approval and each state was entered, by state name. */
  readonly startedAt: number;
  readonly #options: RunOptions;
  readonly #faults: RunFaults;
  readonly #hooks: FaultHooks;
  readonly #gates: GateDoubles;
  readonly #operators: ReturnType<typeof operators>;
  readonly #operations: Operations;
  readonly #region: string;
  readonly #undo: (() => void)[] = [];
  #finished: (() => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #checking = false;
  /** An image has appeared after the start: from then on EC2's events count, whoever has made the start. */
  #arrived = false;

  constructor(options: RunOptions) {
    const { scenario, configuration, clock, deployment } = options;
    this.#options = options;
    this.#region = configuration.hub.region;
    this.startedAt = clock.now();
    const { onAccess } = options;
    this.table = countingTable(memoryTable(), this.tableCounts);
    currentTable = onAccess === undefined ? this.table : watchedTable(this.table, onAccess);
    tableSchemes.set('memory', () => forwarding);
    this.#setEnvironment();

    this.#gates = new GateDoubles(scenario.gates, {
      invoke: (arn, payload) => this.lambda.invoke(arn, payload),
      ended: (execution) => this.#publishStatus(execution.executionArn, execution),
    });
    this.engine = new Engine(this.#engineHost(), { seed: scenario.seed });
    const host: WorldHost = {
      emit: (event) => this.#deliver(event),
      wants: (source, type) => this.#wants(source, type),
      invoke: async ({ functionName, invocationType, payload }) =>
        this.#invokeApi(functionName, invocationType, payload),
      states: this.#withDoubles(statesHost(this.engine)),
    };
    this.scenarioWorld = createWorld(scenario, host, options.start?.announced);
    const { world, images } = this.scenarioWorld;
    this.#undo.push(interceptClients(world));
    if (onAccess !== undefined) watchCalls(world, onAccess);
    world.onCall = ({ at, ...call }) => {
      options.log.write(at, 'call', call);
      if (call.operation === 'UpdateStack' && call.outcome === 'ok')
        this.#faults.updateStarted(
          this.#stackIdOf(call.subject),
          () => this.#stop(names.campaign),
          () => this.#stop(names.restore),
          () => this.#running(names.restore).length > 0,
        );
    };
    for (const { name, definition } of deployment.machines) this.engine.register(this.machineArn(name), definition);
    clock.explainPending(() => this.engine.pending());

    this.lambda = new LambdaService(deployment.functions, {
      invoking: (handler, payload) => {
        const fate = this.#faults.fateOf(payload);
        if (fate !== null) options.log.write(Date.now(), 'fault', { handler, fate });
        return fate;
      },
      settled: () => void this.#check(),
      invoked: (handler, payload, milliseconds, error) => this.#invoked(handler, payload, milliseconds, error),
      ...(onAccess === undefined ? {} : { during: asHandler }),
    });
    this.#faults = new RunFaults(scenario.faults);
    this.#hooks = bindFaults(world, scenario.faults, {
      promotionPrefix: '/ami-rollout/',
      foreignImage: images.foreign,
    });
    this.#operations = new Operations(scenario, ({ do: what, by, reason }, message) => {
      options.log.write(Date.now(), 'operation', { what, by, reason, message });
      options.onProgress?.({ kind: 'operation', at: this.#elapsed(), person: by, what, message });
    });
    this.#operators = operators(
      scenario,
      (request) => this.lambda.invoke('ami-rollout-decide-approval', request),
      (person, decision, ring) => {
        options.log.write(Date.now(), 'decision', { person, decision, ring });
        options.onProgress?.({ kind: 'decision', at: this.#elapsed(), person, decision, ring });
      },
    );
  }

  machineArn(name: string): string {
    return `arn:aws:states:${this.#region}:${this.#options.configuration.hub.account}:stateMachine:${name}`;
  }

  /** Loads the handlers and sets the schedules going; from then on whatever is started runs as time passes. */
  async open(): Promise<void> {
    const { scenario, clock, deployment } = this.#options;
    await this.lambda.load(clock);
    for (const rule of deployment.rules)
      if (rule.everyMinutes !== null)
        for (const { functionName } of rule.targets)
          setInterval(() => this.lambda.queue(functionName, { source: 'aws.events' }), rule.everyMinutes * 60_000);
    if (scenario.image.previousPromoted) await this.#recordPromotion();
    announceImage(this.scenarioWorld.world, scenario.image);
  }

  /** Starts the campaign and lets time pass until everything has ended; gives the campaign that the report is about. */
  async toTheEnd(): Promise<string> {
    const { scenario, clock } = this.#options;
    await this.open();
    this.#start();
    this.#letImagesArrive();
    await clock.run(
      new Promise<void>((resolve, reject) => {
        this.#finished = resolve;
        this.#failed = reject;
      }),
    );
    this.#operations.assertAllDone(scenario.name);
    const idle = this.#faults.neverStruck();
    if (idle !== null) throw new ScenarioError(`${scenario.name}: faults: ${idle}`);
    const reported = scenario.start.againAfterMinutes === null ? this.campaigns[0] : this.campaigns.at(-1);
    return reported ?? '';
  }

  /** Takes the world away; the run's state can still be read. */
  close(): void {
    for (const undo of this.#undo.reverse()) undo();
  }

  #start(): void {
    const { scenario, start: given } = this.#options;
    const { start } = scenario;
    const begin = (nth: number) => {
      if (given) this.#deliver({ ...given.event, id: `${given.event.id}-${nth}` });
      else if (start.by === 'manual') this.#startByHand(nth);
      else this.#redeliver(nth);
    };
    begin(1);
    if (start.againAfterMinutes !== null) setTimeout(() => begin(2), start.againAfterMinutes * 60_000);
    // A start that is dropped leaves nothing to wait for.
    setTimeout(() => void this.#check(), 10 * 60_000);
  }

  /** What an earlier campaign has left: the image that the fleet runs is on record as the family's current one. */
  async #recordPromotion(): Promise<void> {
    const { scenario, configuration } = this.#options;
    const { family } = scenario.image;
    for (const [region, image] of this.scenarioWorld.images.previous)
      await storeCurrent(this, {
        schemaVersion,
        campaignId: 'earlier',
        family,
        environment: 'production',
        account: configuration.hub.account,
        region,
        parameter: `/ami-rollout/${family}/production/image`,
        image,
        previousImage: null,
        at: new Date(this.startedAt).toISOString(),
        state: 'promoted',
      });
  }

  #letImagesArrive(): void {
    const { arrivals, image, seed } = this.#options.scenario;
    const { world, images } = this.scenarioWorld;
    for (const [index, arrival] of arrivals.entries()) {
      const random = seededRandom(seed).fork(`arrival-${index}`);
      setTimeout(() => {
        this.#arrived = true;
        arrive(world, image, arrival, random, images.previous);
      }, arrival.afterMinutes * 60_000);
    }
  }

  /** As from the Step Functions console: an execution with a generated name. */
  #startByHand(nth: number): void {
    const { scenario } = this.#options;
    const [region] = scenario.fleet.regions;
    const input = {
      imageId: scenario.start.imageId ?? this.scenarioWorld.images.new.get(region),
      region,
      reason: `rehearsal of ${scenario.name}`,
      ...(scenario.start.dryRun ? { dryRun: true } : {}),
      ...(scenario.start.family === null ? {} : { family: scenario.start.family }),
    };
    this.engine.startExecution({
      stateMachineArn: this.machineArn(names.campaign),
      name:
        nth === 1
          ? `rehearsal-${scenario.name}-${scenario.seed}`
          : `rehearsal-${scenario.name}-${scenario.seed}-${nth}`,
      input: scenario.start.input ?? input,
    });
  }

  /** The image's event once more, as another delivery. */
  #redeliver(nth: number): void {
    if (nth === 1) return;
    announceImage(this.scenarioWorld.world, { ...this.#options.scenario.image, scanStatus: 'NEVER' });
  }

  #setEnvironment(): void {
    const { configuration } = this.#options;
    const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
    const file = join(folder, 'rollout.json');
    writeFileSync(file, JSON.stringify(configuration));
    const { account } = configuration.hub;
    const environment: Record<string, string> = {
      HUB_ACCOUNT: account,
      AWS_REGION: this.#region,
      TABLE: 'memory:rehearsal',
      PLAN_BUCKET: names.bucket,
      TOPIC_ARN: `arn:aws:sns:${this.#region}:${account}:${names.topic}`,
      ROLLOUT_CONFIGURATION: file,
      CAMPAIGN_MACHINE_ARN: this.machineArn(names.campaign),
      RESTORE_MACHINE_ARN: this.machineArn(names.restore),
      CLAIM_FUNCTION_NAME: 'ami-rollout-claim-stack',
      ASK_GATE_FUNCTION_NAME: 'ami-rollout-ask-custom-gate',
      ANSWER_GATE_FUNCTION_ARN: `arn:aws:lambda:${this.#region}:${account}:function:ami-rollout-answer-custom-gate`,
      POWERTOOLS_LOG_LEVEL: process.env['POWERTOOLS_LOG_LEVEL'] ?? 'SILENT',
    };
    const before = new Map(Object.keys(environment).map((name) => [name, process.env[name]]));
    Object.assign(process.env, environment);
    this.#undo.push(() => {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true, force: true });
    });
  }

  #engineHost() {
    const objects = () => this.scenarioWorld.world.objects;
    return {
      invokeFunction: (arn: string, payload: unknown) => this.lambda.invoke(arn, payload, 'copied'),
      readItems: async (bucket: string, key: string) => {
        const text = objects().text(bucket, key);
        if (text === undefined) throw new Error(`there is no object ${key} in ${bucket}`);
        return Promise.resolve(JSON.parse(text) as unknown[]);
      },
      writeResults: async (bucket: string, key: string, body: string) => {
        const bytes = new TextEncoder().encode(body);
        objects().put(bucket, key, { bytes, contentType: 'application/json', metadata: {}, writtenAt: Date.now() });
        return Promise.resolve();
      },
      onStatusChange: (change: StatusChange) => this.#statusChanged(change),
      onStep: (step: EngineStep) => this.#stepped(step),
    };
  }

  #stepped(step: EngineStep): void {
    const { at, kind, ...fields } = step;
    this.#options.log.write(at, kind, fields);
    if (kind !== 'state-entered' && kind !== 'state-exited') return;
    const { state } = step as { state: string };
    const campaign = step.executionArn.split(':').at(-1) ?? '';
    const isCampaign = step.executionArn.includes(`:execution:${names.campaign}:`);
    if (!isCampaign) return;
    if (kind === 'state-exited') {
      if (state === 'Plan Rings') this.#planKnown(campaign);
      return;
    }
    this.#options.onProgress?.({ kind: 'state', at: this.#elapsed(), machine: names.campaign, state });
    this.#operations.entered(campaign, state);
    for (const { name } of this.#options.configuration.rings) {
      const title = ringTitle(name);
      if (state === `${title} Ring`) this.#hooks.ringStarted(name);
      if (state === `Close Ring (${title})`) this.#hooks.ringEnded(name);
      if (state === `Bake ${title} Ring`) this.#hooks.bakeStarted(name);
      if (state === `Approve ${title} Ring`) this.#operators.approvalWanted(campaign, name);
    }
  }

  #planKnown(campaignId: string): void {
    const rings = this.#options.configuration.rings.map(({ name }): PlannedRing => {
      const text =
        this.scenarioWorld.world.objects.text(names.bucket, `campaigns/${campaignId}/rings/${name}.json`) ?? '[]';
      const stacks = JSON.parse(text) as { stackId: string; stackName: string; account: string; region: string }[];
      return { name, stacks: stacks.map(({ stackName, ...stack }) => ({ ...stack, name: stackName })) };
    });
    this.#options.onProgress?.({
      kind: 'plan',
      at: this.#elapsed(),
      rings: rings.map(({ name, stacks }) => ({ name, stacks: stacks.length })),
    });
    if (rings.every(({ stacks }) => stacks.length === 0)) return;
    try {
      this.#faults.planKnown(rings);
      this.#hooks.planKnown(rings);
    } catch (error) {
      // A fault that strikes nothing: whatever the run would show, it is not what the scenario asks.
      this.#failed?.(
        new ScenarioError(
          `${this.#options.scenario.name}: faults: ${error instanceof Error ? error.message : String(error)}`,
          {
            cause: error,
          },
        ),
      );
    }
  }

  #invoked(handler: string, payload: unknown, milliseconds: number, error: string | null): void {
    this.#options.log.write(Date.now(), 'invocation', { handler, milliseconds, ...(error === null ? {} : { error }) });
    if (handler === 'record-stack' && error === null) {
      const task = payload as { campaignId: string; direction: string; stack: StackRecord };
      if (task.direction === 'forward') this.#hooks.stackRecorded(task.stack.stackId);
      void getStackRecord(this, { ...task.stack, campaignId: task.campaignId }).then(
        ({ ring, stackName, status, reason }) =>
          this.#options.onProgress?.({ kind: 'stack', at: this.#elapsed(), ring, stack: stackName, status, reason }),
      );
    }
    void this.#check();
  }

  async #invokeApi(functionName: string, type: string, payload: string) {
    if (type === 'Event') {
      this.lambda.queue(functionName, JSON.parse(payload));
      return { payload: '' };
    }
    if (this.#gates.plays(functionName)) return this.#gates.invoke(functionName, payload);
    try {
      return { payload: JSON.stringify(await this.lambda.invoke(functionName, JSON.parse(payload))) };
    } catch (error) {
      const { name, message } = error as Error;
      return { payload: JSON.stringify({ errorType: name, errorMessage: message }), functionError: 'Unhandled' };
    }
  }

  #wants(source: string, detailType: string): boolean {
    if (source === 'aws.ec2' && detailType === 'EC2 AMI State Change')
      return this.#options.scenario.start.by === 'event' || this.#arrived;
    return true;
  }

  #deliver(event: EventEnvelope): void {
    const targets = targetsOf(this.#options.deployment.rules, event, this.#options.configuration.hub.account);
    if (targets.length > 0 && event.account !== this.#options.configuration.hub.account) this.forwardedEvents += 1;
    if (targets.length > 0)
      this.#options.log.write(Date.now(), 'event', {
        type: event['detail-type'],
        account: event.account,
        region: event.region,
        resources: event.resources,
      });
    for (const target of targets) this.lambda.queue(target.functionName, inputOf(target, event));
  }

  #statusChanged(change: StatusChange): void {
    if (change.isMapChild) return;
    const { executionArn, stateMachineArn, name, status, startDate, stopDate, error, cause } = change;
    if (status === 'RUNNING' && stateMachineArn.endsWith(`:${names.campaign}`)) this.campaigns.push(name);
    this.#options.onProgress?.({ kind: 'execution', at: this.#elapsed(), name, status });
    this.#publishStatus(executionArn, {
      executionArn,
      stateMachineArn,
      name,
      status,
      startDate,
      stopDate: stopDate ?? null,
      ...(error === undefined ? {} : { error, cause }),
    });
    void this.#check();
  }

  #publishStatus(executionArn: string, detail: Readonly<Record<string, unknown>>): void {
    this.scenarioWorld.world.publish({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      account: this.#options.configuration.hub.account,
      region: this.#region,
      resources: [executionArn],
      detail,
    });
  }

  /** Machines of the user's own beside the product's. */
  #withDoubles(product: StatesHost): StatesHost {
    return {
      ...product,
      startExecution: (input) =>
        this.#gates.plays(input.stateMachineArn ?? '') ? this.#gates.start(input) : product.startExecution(input),
      describeExecution: (input) => this.#gates.describe(input.executionArn ?? '') ?? product.describeExecution(input),
    };
  }

  /** Ends the run once no execution and no invocation is under way and every campaign has its outcome. */
  async #check(): Promise<void> {
    if (this.#checking || !this.#finished) return;
    this.#checking = true;
    try {
      if (this.lambda.isBusy || this.#waitsForAnotherStart()) return;
      if (this.engine.isRunning) return;
      for (const campaignId of this.campaigns) {
        const campaign = await findCampaign(this, campaignId);
        if (campaign?.outcome === null) return;
      }
      if (this.campaigns.length === 0 && this.#elapsed() < 5 * 60_000) return;
      const finished = this.#finished;
      this.#finished = undefined;
      setTimeout(finished, 5_000);
    } finally {
      this.#checking = false;
    }
  }

  #waitsForAnotherStart(): boolean {
    const { start, arrivals } = this.#options.scenario;
    // What no event announces is found by the daily look.
    const expected = [
      start.againAfterMinutes ?? 0,
      ...arrivals.map(({ afterMinutes, announced }) =>
        announced ? afterMinutes : Math.ceil(afterMinutes / 1440) * 1440,
      ),
    ];
    const latest = Math.max(...expected);
    return latest > 0 && this.#elapsed() <= latest * 60_000 + 10_000;
  }

  #stackIdOf(subject: string | undefined): string | undefined {
    if (subject === undefined) return undefined;
    const { world } = this.scenarioWorld;
    return world.stackById.has(subject) ? subject : world.stacks.find(({ name }) => name === subject)?.id;
  }

  #running(machine: string): readonly string[] {
    return this.engine
      .statistics()
      .filter(({ status, stateMachineArn }) => status === 'RUNNING' && stateMachineArn.endsWith(`:${machine}`))
      .map(({ executionArn }) => executionArn);
  }

  #stop(machine: string): void {
    for (const arn of this.#running(machine)) this.engine.stopExecution(arn, { cause: 'stopped from outside' });
  }

  #elapsed(): number {
    return Date.now() - this.startedAt;
  }
}
