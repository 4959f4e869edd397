import type { StackTask } from '../../contracts/shapes.ts';
import { MemoryItems } from '../../adapters/table/memory-items.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { Table } from '../../domain/ports/table.ts';
import type { StackRecord } from '../../domain/records/stack-record.ts';
import { findCampaign } from '../../domain/store/campaigns.ts';
import { approvalWaitKey } from '../../domain/ring/settle-approval.ts';
import { getStackRecord } from '../../domain/store/stack-records.ts';
import { findWait } from '../../domain/store/waits.ts';
import { bindFaults, type FaultHooks } from '../aws/faults/bind-faults.ts';
import { ringTitle } from '../../statemachines/titles.ts';
import type { EventEnvelope } from '../aws/host.ts';
import { imageOf, restoreWorld } from '../aws/world-image.ts';
import { interceptClients } from '../aws/intercept-clients.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { RunMachines } from '../coverage/state-coverage.ts';
import type { Deployment } from '../definitions/deployment.ts';
import type { StatusChange } from '../engine/engine-host.ts';
import type { EngineStep } from '../engine/engine-step.ts';
import { Engine } from '../engine/engine.ts';
import { ServiceError } from '../engine/service-error.ts';
import { EventBus, inputOf } from '../event-bus.ts';
import { beforeCall, mortalTable } from '../doomed.ts';
import type { EventLog } from '../event-log.ts';
import { LambdaService } from '../lambda-service.ts';
import { arrive } from '../scenario/arrive.ts';
import { announceImage } from '../scenario/create-images.ts';
import { createWorld, type ScenarioWorld } from '../scenario/create-world.ts';
import { ScenarioError } from '../scenario/parse-scenario.ts';
import { seededRandom } from '../scenario/random.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { watchCalls, asHandler, type Access } from './access.ts';
import { askRollback, type AskedRollback } from './ask-rollback.ts';
import { CampaignStarts } from './campaign-starts.ts';
import type { TableCounts } from './counting-table.ts';
import { runEngineHost } from './engine-host.ts';
import { enterHubEnvironment } from './hub-environment.ts';
import { invokeApi } from './invoke-api.ts';
import { GateDoubles } from './gate-doubles.ts';
import { names } from './names.ts';
import { Operations } from './operations.ts';
import { operators } from './operators.ts';
import type { Progress } from './progress.ts';
import type { RunImage } from './run-image.ts';
import { RunFaults } from './run-faults.ts';
import { recordPromotion } from './record-promotion.ts';
import { recordTimes } from './record-times.ts';
import { recordVerdicts } from './record-verdicts.ts';
import { newRunTable } from './run-table.ts';
import type { StartEvent } from './start-event.ts';
import { StateWatcher } from './state-watcher.ts';
import { statesHost } from './states-host.ts';
import { statesWithDoubles } from './states-with-doubles.ts';

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
  readonly onStep?: (step: EngineStep) => void;
  /** Hears of what every state is given and gives. */
  readonly onData?: (state: string, data: unknown) => void;
  /** Puts something between the product and its table. */
  readonly wrapTable?: (table: Table) => Table;
  /** What an earlier run of the same scenario has left: this one goes on in its place. */
  readonly goesOn?: RunImage | undefined;
  /** Faults and operations that strike nothing are no mistake. */
  readonly mayMiss?: boolean;
}

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
  readonly startedAt: number;
  readonly #options: RunOptions;
  readonly #items = new MemoryItems();
  readonly #bus: EventBus;
  readonly #faults: RunFaults;
  readonly #hooks: FaultHooks;
  readonly #operations: Operations;
  readonly #watcher: StateWatcher;
  readonly #starts: CampaignStarts;
  readonly #undo: (() => void)[] = [];
  #finished: (() => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #checking = false;
  /** Nothing is asked for any more: once everything rests, the world goes on for as long as the scenario says. */
  #isLast = false;
  /** When the world may end, in virtual milliseconds; known once everything has come to rest for the first time. */
  #staysUntil: number | undefined;
  /** An image has appeared after the start: from then on EC2's events count, whoever has made the start. */
  #arrived = false;

  constructor(options: RunOptions) {
    const { scenario, configuration, clock, deployment, onAccess, mayMiss = false } = options;
    this.#options = options;
    this.startedAt = clock.now();
    this.#bus = new EventBus(deployment.rules, configuration.hub.account);
    const isAnybodyDoomed = scenario.faults.some(({ atCall }) => atCall !== undefined);
    this.table = newRunTable(
      this.tableCounts,
      onAccess,
      (table) => {
        const watched = options.wrapTable?.(table) ?? table;
        return isAnybodyDoomed ? mortalTable(watched) : watched;
      },
      this.#items,
    );
    this.#undo.push(enterHubEnvironment(configuration, (name) => this.machineArn(name)));

    const gates = new GateDoubles(scenario.gates, {
      invoke: (arn, payload) => this.lambda.invoke(arn, payload),
      ended: (execution) => this.#publishStatus(execution.executionArn, execution),
    });
    this.engine = new Engine(
      runEngineHost(
        { lambda: () => this.lambda, world: () => this.scenarioWorld.world },
        {
          onStatusChange: (change) => this.#statusChanged(change),
          onStep: (step) => {
            const { at, kind, ...fields } = step;
            options.log.write(at, kind, fields);
            this.#watcher.stepped(step);
            options.onStep?.(step);
          },
          ...(options.onData && { onData: options.onData }),
        },
      ),
      { seed: scenario.seed, given: options.goesOn?.given },
    );
    this.scenarioWorld = createWorld(
      scenario,
      {
        emit: (event) => this.#deliver(event),
        wants: (source, detailType) => this.#bus.wants(source, detailType),
        invoke: async ({ functionName, invocationType, payload }) =>
          gates.plays(functionName)
            ? gates.invoke(functionName, payload)
            : invokeApi(this.lambda, functionName, invocationType, payload),
        states: statesWithDoubles(statesHost(this.engine), gates),
      },
      options.start?.announced,
    );
    const { world, images } = this.scenarioWorld;
    if (options.goesOn !== undefined) restoreWorld(world, options.goesOn.world);
    this.#undo.push(interceptClients(world));
    if (onAccess !== undefined) watchCalls(world, onAccess);
    // Credentials are shared by all that run in this process: who dies while he gets some must not take them from others.
    if (isAnybodyDoomed)
      world.beforeRequest = (service) => {
        if (service !== 'sts') beforeCall();
      };
    world.onCall = ({ at, ...call }) => {
      options.log.write(at, 'call', call);
      if (call.operation !== 'UpdateStack' || call.outcome !== 'ok') return;
      const stackId = this.#stackIdOf(call.subject);
      const restores = () => this.engine.isRunningAny(this.machineArn(names.restore));
      this.#faults.updateStarted(
        stackId,
        () => this.#stop(names.campaign),
        () => this.#stop(names.restore),
        restores,
      );
      if (stackId !== undefined && restores()) this.#hooks.restoreUpdates(stackId);
    };
    for (const { name, definition } of deployment.machines) this.engine.register(this.machineArn(name), definition);
    clock.explainPending(() => this.engine.pending());

    this.lambda = new LambdaService(deployment.functions, {
      invoking: (handler, payload) => {
        const fate = this.#faults.fateOf(handler, payload);
        if (fate !== null) options.log.write(Date.now(), 'fault', { handler, fate: fate.kind, atCall: fate.atCall });
        return fate;
      },
      invoked: (handler, payload, milliseconds, error) => this.#invoked(handler, payload, milliseconds, error),
      settled: () => void this.#check(),
      ...(onAccess === undefined ? {} : { during: asHandler }),
    });
    this.#faults = new RunFaults(scenario.faults, mayMiss);
    this.#hooks = bindFaults(world, scenario.faults, {
      promotionPrefix: '/ami-rollout/',
      foreignImage: images.foreign,
      previousImage: images.previous,
      mayMiss,
    });
    this.#operations = new Operations(scenario, ({ do: what, by, reason }, message) => {
      options.log.write(Date.now(), 'operation', { what, by, reason, message });
      options.onProgress?.({ kind: 'operation', at: this.#elapsed(), person: by, what, message });
    });
    const people = operators(
      scenario,
      (request) => this.lambda.invoke('ami-rollout-console', request),
      (person, decision, ring) => {
        options.log.write(Date.now(), 'decision', { person, decision, ring });
        options.onProgress?.({ kind: 'decision', at: this.#elapsed(), person, decision, ring });
      },
      { ...this.#faults.approvals, forge: (campaignId, ring) => this.#forgeApproval(campaignId, ring) },
    );
    this.#watcher = new StateWatcher({
      rings: configuration.rings,
      faults: this.#faults,
      hooks: this.#hooks,
      elapsed: () => this.#elapsed(),
      document: (key) => world.objects.text(names.bucket, key),
      entered: (campaignId, state) => {
        this.#operations.entered(campaignId, state);
        if (state === 'Plan Rings')
          people.begun(
            campaignId,
            configuration.rings.map(({ name }) => name),
          );
      },
      approvalWanted: (campaignId, ring) => people.approvalWanted(campaignId, ring),
      onProgress: (progress) => options.onProgress?.(progress),
      onMistake: (message, cause) =>
        this.#failed?.(new ScenarioError(`${scenario.name}: faults: ${message}`, { cause })),
    });
    this.#starts = new CampaignStarts({
      scenario,
      scenarioWorld: this.scenarioWorld,
      given: options.start,
      startByHand: (name, input) =>
        this.engine.startExecution({ stateMachineArn: this.machineArn(names.campaign), name, input }),
      deliver: (event) => this.#deliver(event),
    });
  }

  /** What the run's machines are made of, to see which of their states are visited. */
  get machines(): RunMachines {
    const { deployment, configuration } = this.#options;
    return { machines: deployment.machines, ringTitles: configuration.rings.map(({ name }) => ringTitle(name)) };
  }

  machineArn(name: string): string {
    const { account, region } = this.#options.configuration.hub;
    return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  }

  /** Loads the handlers and sets the schedules going; from then on whatever is started runs as time passes. */
  async open(): Promise<void> {
    const { scenario, clock, deployment, configuration } = this.#options;
    await this.lambda.load(clock);
    for (const rule of deployment.rules)
      if (rule.everyMinutes !== null)
        for (const { functionName } of rule.targets)
          setInterval(() => this.lambda.queue(functionName, { source: 'aws.events' }), rule.everyMinutes * 60_000);
    if (this.#options.goesOn !== undefined) return this.#goOn(this.#options.goesOn);
    if (scenario.image.previousPromoted || scenario.fleet.timesOnRecord !== null)
      await recordPromotion(this, this.scenarioWorld, scenario, configuration.hub.account);
    if (scenario.fleet.timesOnRecord !== null)
      await recordTimes(this, this.scenarioWorld, scenario, configuration.stacks.refresh);
    await recordVerdicts(this, this.scenarioWorld, scenario);
    announceImage(this.scenarioWorld.world, scenario.image);
  }

  /** Everything that a run needs to go on in this one's place. It is no copy: write it down before time passes. */
  image(): RunImage {
    return {
      at: Date.now(),
      items: this.#items.all(),
      world: imageOf(this.scenarioWorld.world),
      given: this.engine.given,
      running: [names.campaign, names.restore].flatMap((name) =>
        this.engine.listExecutions(this.machineArn(name), 'RUNNING'),
      ),
    };
  }

  /** The table is as it was left. Executions that ran then have ended with the run they were in, and the product is told so. */
  async #goOn({ items, running }: RunImage): Promise<void> {
    await this.table.putAll(items);
    const { world } = this.scenarioWorld;
    const isScanned = [...world.newImage].every(
      ([region, id]) => world.images.get(region, id)?.scan.scannedAt !== undefined,
    );
    if (!isScanned) announceImage(world, this.#options.scenario.image);
    for (const { executionArn, stateMachineArn, name, startDate } of running)
      this.#publishStatus(executionArn, {
        executionArn,
        stateMachineArn,
        name,
        status: 'ABORTED',
        startDate,
        stopDate: Date.now(),
      });
  }

  /**
   * Starts the campaign and lets time pass until everything has ended, or until the scenario's rollback is due; gives the
   * campaign that the report is about.
   */
  async toTheEnd(): Promise<string> {
    const { scenario, clock, mayMiss = false } = this.#options;
    await this.open();
    this.#starts.begin();
    this.#letImagesArrive();
    const due = scenario.then?.atMinutes ?? null;
    this.#isLast = scenario.then === null;
    if (due === null) await this.#rest();
    else await clock.run(this.#wait(due));
    if (due === null && !mayMiss) this.#operations.assertAllDone(scenario.name);
    const idle = due === null && !mayMiss ? this.#faults.neverStruck() : null;
    if (idle !== null) throw new ScenarioError(`${scenario.name}: faults: ${idle}`);
    const reported = scenario.start.againAfterMinutes === null ? this.campaigns[0] : this.campaigns.at(-1);
    return reported ?? '';
  }

  /** A person asks for the scenario's rollback; time passes until everything has ended. */
  async rollBack(campaignId: string): Promise<{ readonly asked: AskedRollback; readonly askedAt: number }> {
    const { scenario, clock, log, onProgress } = this.#options;
    const { world, images } = this.scenarioWorld;
    if (scenario.then?.mended === true) for (const stack of world.stacks) stack.faults = {};
    const asked = await clock.run(
      (async () => {
        await this.#wait(scenario.then?.atMinutes === null ? scenario.then.afterMinutes : 0);
        const imageId = images.new.get(scenario.fleet.regions[0]) ?? '';
        return askRollback(scenario, { campaignId, imageId }, (request) =>
          this.lambda.invoke('ami-rollout-console', request),
        );
      })(),
    );
    const askedAt = Date.now();
    this.#isLast = true;
    this.#staysUntil = undefined;
    log.write(askedAt, 'decision', { person: asked.by, decision: 'rollback', campaignId });
    onProgress?.({ kind: 'decision', at: this.#elapsed(), person: asked.by, decision: 'rollback', ring: '' });
    await this.#rest();
    return { asked, askedAt };
  }

  /** Takes the world away; the run's state can still be read. */
  close(): void {
    for (const undo of this.#undo.reverse()) undo();
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

  #wait(minutes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#failed = reject;
      setTimeout(resolve, minutes * 60_000);
    });
  }

  /** Lets time pass until nothing is under way any more. */
  #rest(): Promise<void> {
    return this.#options.clock.run(
      new Promise<void>((resolve, reject) => {
        this.#finished = resolve;
        this.#failed = reject;
        // A start that is dropped, or a request that starts nothing, leaves nothing to wait for.
        setTimeout(() => void this.#check(), 10 * 60_000);
      }),
    );
  }

  #invoked(handler: string, payload: unknown, milliseconds: number, error: string | null): void {
    const { log, onProgress } = this.#options;
    log.write(Date.now(), 'invocation', { handler, milliseconds, ...(error === null ? {} : { error }) });
    if (handler === 'verify-instances') {
      const { direction, stack } = payload as { direction: string; stack: StackRecord };
      if (direction === 'forward') this.#hooks.stackVerified(stack.stackId);
    }
    if (handler === 'record-stack' && (error === null || error === 'RestoreDue')) {
      const task = payload as { campaignId: string; direction: string; stack: StackRecord };
      if (task.direction === 'forward') this.#hooks.stackRecorded(task.stack.stackId);
      void getStackRecord(this, { ...task.stack, campaignId: task.campaignId }).then(
        ({ campaignId, ring, stackName, account, region, status, reason }) =>
          onProgress?.({
            kind: 'stack',
            at: this.#elapsed(),
            campaignId,
            ring,
            stack: stackName,
            account,
            region,
            status,
            reason,
          }),
      );
    }
    if (handler === 'apply-image') {
      const { campaignId, stack } = payload as StackTask;
      const { ring, stackName, account, region } = stack;
      onProgress?.({ kind: 'work', at: this.#elapsed(), campaignId, ring, stack: stackName, account, region });
    }
    void this.#check();
  }

  #deliver(event: EventEnvelope): void {
    const { configuration, log, scenario } = this.#options;
    const targets = this.#bus.targetsOf(event);
    if (targets.length > 0 && event.account !== configuration.hub.account) this.forwardedEvents += 1;
    if (targets.length > 0)
      log.write(Date.now(), 'event', {
        type: event['detail-type'],
        account: event.account,
        region: event.region,
        resources: event.resources,
      });
    const byHand =
      scenario.start.by === 'manual' &&
      this.#options.start === undefined &&
      !this.#arrived &&
      event['detail-type'] === 'EC2 AMI State Change';
    for (const target of targets)
      // A scenario with a manual start is about that one; the image's own event would start another.
      if (!byHand || target.functionName !== 'ami-rollout-start-campaign')
        this.lambda.queue(target.functionName, inputOf(target, event));
  }

  #statusChanged(change: StatusChange): void {
    if (change.isMapChild) return;
    const { executionArn, stateMachineArn, name, status, startDate, stopDate, error, cause } = change;
    if (status === 'RUNNING' && stateMachineArn.endsWith(`:${names.campaign}`)) this.campaigns.push(name);
    if (status === 'SUCCEEDED' && name === this.campaigns[0]) this.#hooks.campaignEnded();
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
      ...this.#options.configuration.hub,
      resources: [executionArn],
      detail,
    });
  }

  /** Ends the run once no execution and no invocation is under way and every campaign has its outcome. */
  async #check(): Promise<void> {
    if (this.#checking || !this.#finished) return;
    this.#checking = true;
    try {
      if (this.lambda.isBusy || this.#operations.open > 0 || this.#starts.isPending(this.#elapsed())) return;
      if (this.engine.isRunning) return;
      for (const campaignId of this.campaigns) {
        const campaign = await findCampaign(this, campaignId);
        if (campaign?.outcome === null) return;
      }
      if (this.campaigns.length === 0 && this.#elapsed() < 5 * 60_000) return;
      const stay = this.#isLast ? this.#options.scenario.stayDays * 86_400_000 : 0;
      if (this.#staysUntil === undefined && stay > 0) setTimeout(() => void this.#check(), stay);
      this.#staysUntil ??= Date.now() + stay;
      if (Date.now() < this.#staysUntil) return;
      const finished = this.#finished;
      this.#finished = undefined;
      setTimeout(finished, 5_000);
    } finally {
      this.#checking = false;
    }
  }

  /** Somebody who may complete tasks says that a ring is approved, past the product. */
  async #forgeApproval(campaignId: string, ring: string): Promise<void> {
    const wait = await findWait(this, approvalWaitKey(campaignId, ring));
    if (wait === undefined) return;
    this.#options.log.write(Date.now(), 'fault', { forged: ring });
    try {
      this.engine.sendTaskSuccess(wait.taskToken, JSON.stringify({ decision: 'approved' }));
    } catch (error) {
      // Whoever forges may come too late.
      if (!(error instanceof ServiceError)) throw error;
    }
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
