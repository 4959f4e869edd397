import { MemoryItems } from '../../adapters/table/memory-items.ts';
import type { Table } from '../../domain/ports/table.ts';
import { findCampaign } from '../../domain/store/campaigns.ts';
import { ringTitle } from '../../statemachines/titles.ts';
import { bindFaults, type FaultHooks } from '../aws/faults/bind-faults.ts';
import { imageOf } from '../aws/world-image.ts';
import type { RunMachines } from '../coverage/state-coverage.ts';
import type { StatusChange } from '../engine/engine-host.ts';
import { Engine } from '../engine/engine.ts';
import { LambdaService } from '../lambda-service.ts';
import { announceImage } from '../scenario/create-images.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import { ScenarioError } from '../scenario/parse-scenario.ts';
import { asHandler } from './access.ts';
import type { AskedRollback } from './ask-rollback.ts';
import { CampaignStarts } from './campaign-starts.ts';
import type { TableCounts } from './counting-table.ts';
import { Deliveries } from './deliveries.ts';
import { runEngineHost } from './engine-host.ts';
import { forgeApproval } from './forge-approval.ts';
import { GateDoubles } from './gate-doubles.ts';
import { goOn } from './go-on.ts';
import { enterHubEnvironment } from './hub-environment.ts';
import { letImagesArrive } from './let-images-arrive.ts';
import { names } from './names.ts';
import type { Operations } from './operations.ts';
import { recordHistory } from './record-history.ts';
import { Rest } from './rest.ts';
import { rollBackBy } from './roll-back-by.ts';
import { RunFaults } from './run-faults.ts';
import type { RunImage } from './run-image.ts';
import type { RunOptions } from './run-options.ts';
import { runPeople } from './run-people.ts';
import { newRunTable, wrapTable } from './run-table.ts';
import { runWorld } from './run-world.ts';
import type { StateWatcher } from './state-watcher.ts';
import { statusDetail, statusEvent } from './status-event.ts';
import { tellInvocation } from './tell-invocation.ts';
import { watchRequests } from './watch-requests.ts';

/** Where people's signed requests go. */
const consoleFunction = 'ami-rollout-console';

/** One rehearsal under way: the simulated AWS, the engine, Lambda, the event bus and the people, wired as deployed. */
export class Run {
  readonly engine: Engine;
  readonly lambda: LambdaService;
  readonly scenarioWorld: ScenarioWorld;
  readonly table: Table;
  readonly tableCounts: TableCounts = { reads: 0, writes: 0 };
  /** Campaign executions in the order of their starts. */
  readonly campaigns: string[] = [];
  readonly startedAt: number;
  readonly #options: RunOptions;
  readonly #items = new MemoryItems();
  readonly #deliveries: Deliveries;
  readonly #rest: Rest;
  readonly #faults: RunFaults;
  readonly #hooks: FaultHooks;
  readonly #operations: Operations;
  readonly #watcher: StateWatcher;
  readonly #starts: CampaignStarts;
  readonly #undo: (() => void)[] = [];

  constructor(options: RunOptions) {
    const { scenario, configuration, clock, deployment, onAccess, mayMiss = false } = options;
    this.#options = options;
    this.startedAt = clock.now();
    this.#deliveries = new Deliveries({
      rules: deployment.rules,
      hubAccount: configuration.hub.account,
      isByHand: scenario.start.by === 'manual' && options.start === undefined,
      log: options.log,
      queue: (functionName, payload) => this.lambda.queue(functionName, payload),
    });
    this.#rest = new Rest({
      clock,
      stayDays: scenario.stayDays,
      isUnderWay: () => this.#isUnderWay(),
      isOpen: () => this.#isOpen(),
    });
    const isAnybodyDoomed = scenario.faults.some(({ atCall }) => atCall !== undefined);
    this.table = newRunTable(this.tableCounts, onAccess, wrapTable(options, isAnybodyDoomed), this.#items);
    this.#undo.push(enterHubEnvironment(configuration, (name) => this.machineArn(name), deployment.machines));

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
    const { scenarioWorld, undo } = runWorld(options, {
      engine: this.engine,
      lambda: () => this.lambda,
      deliveries: this.#deliveries,
      gates,
      isAnybodyDoomed,
    });
    this.scenarioWorld = scenarioWorld;
    this.#undo.push(undo);
    const { world, images } = scenarioWorld;
    watchRequests({
      world,
      engine: this.engine,
      log: options.log,
      faults: () => this.#faults,
      hooks: () => this.#hooks,
      campaignMachine: this.machineArn(names.campaign),
      restoreMachine: this.machineArn(names.restore),
    });
    for (const { name, definition } of deployment.machines) this.engine.register(this.machineArn(name), definition);
    clock.explainPending(() => this.engine.pending());

    this.lambda = new LambdaService(deployment.functions, {
      invoking: (handler, payload) => {
        const fate = this.#faults.fateOf(handler, payload);
        if (fate !== null) options.log.write(Date.now(), 'fault', { handler, fate: fate.kind, atCall: fate.atCall });
        return fate;
      },
      invoked: (handler, payload, milliseconds, error) => this.#invoked(handler, payload, milliseconds, error),
      settled: () => void this.#rest.check(),
      ...(onAccess === undefined ? {} : { during: asHandler }),
    });
    this.#faults = new RunFaults(scenario.faults, mayMiss, options.goesOn?.faults.invocations);
    this.#hooks = bindFaults(world, scenario.faults, {
      promotionPrefix: '/ami-rollout/',
      foreignImage: images.foreign,
      previousImage: images.previous,
      mayMiss,
    });
    const { operations, watcher } = runPeople(options, {
      scenarioWorld,
      faults: this.#faults,
      hooks: this.#hooks,
      ask: (request) => this.lambda.invoke(consoleFunction, request),
      forge: (campaignId, ring) =>
        forgeApproval({ table: this.table, engine: this.engine, log: options.log }, campaignId, ring),
      elapsed: () => this.#elapsed(),
      fail: (error) => this.#rest.fail(error),
    });
    this.#operations = operations;
    this.#watcher = watcher;
    this.#starts = new CampaignStarts({
      scenario,
      scenarioWorld: this.scenarioWorld,
      given: options.start,
      startByHand: (name, input) =>
        this.engine.startExecution({ stateMachineArn: this.machineArn(names.campaign), name, input }),
      deliver: (event) => this.#deliveries.deliver(event),
    });
  }

  /** Events that member accounts have sent to the hub's bus. */
  get forwardedEvents(): number {
    return this.#deliveries.forwarded;
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
    const { world } = this.scenarioWorld;
    const { goesOn } = this.#options;
    if (goesOn !== undefined)
      return goOn(goesOn, { table: this.table, world, image: scenario.image }, (arn, detail) =>
        this.#publishStatus(arn, detail),
      );
    await recordHistory(this, this.scenarioWorld, scenario, configuration);
    announceImage(world, scenario.image);
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
      faults: { campaignId: this.#watcher.struck, invocations: this.#faults.invocations },
    };
  }

  /**
   * Starts the campaign and lets time pass until everything has ended, or until the scenario's rollback is due; gives the
   * campaign that the report is about.
   */
  async toTheEnd(): Promise<string> {
    const { scenario, clock, mayMiss = false } = this.#options;
    await this.open();
    this.#starts.begin();
    letImagesArrive(scenario, this.scenarioWorld, () => (this.#deliveries.imageHasArrived = true));
    const due = scenario.then?.atMinutes ?? null;
    if (due === null) await this.#rest.reached(scenario.then === null);
    else await clock.run(this.#rest.wait(due));
    if (due === null && !mayMiss) this.#operations.assertAllDone(scenario.name);
    const idle = due === null && !mayMiss ? this.#faults.neverStruck() : null;
    if (idle !== null) throw new ScenarioError(`${scenario.name}: faults: ${idle}`);
    const reported = scenario.start.againAfterMinutes === null ? this.campaigns[0] : this.campaigns.at(-1);
    return reported ?? '';
  }

  /** A person asks for the scenario's rollback; time passes until everything has ended. */
  async rollBack(campaignId: string): Promise<{ readonly asked: AskedRollback; readonly askedAt: number }> {
    const asked = await rollBackBy(this.#options, {
      scenarioWorld: this.scenarioWorld,
      campaignId,
      ask: (request) => this.lambda.invoke(consoleFunction, request),
      wait: (minutes) => this.#rest.wait(minutes),
      elapsed: () => this.#elapsed(),
    });
    const askedAt = Date.now();
    await this.#rest.reached(true);
    return { asked, askedAt };
  }

  /** Takes the world away; the run's state can still be read. */
  close(): void {
    for (const undo of this.#undo.reverse()) undo();
  }

  #invoked(handler: string, payload: unknown, milliseconds: number, error: string | null): void {
    const { log, onProgress } = this.#options;
    log.write(Date.now(), 'invocation', { handler, milliseconds, ...(error === null ? {} : { error }) });
    const told = { table: this.table, hooks: this.#hooks, elapsed: () => this.#elapsed(), onProgress };
    tellInvocation(told, handler, payload, error);
    void this.#rest.check();
  }

  #statusChanged(change: StatusChange): void {
    if (change.isMapChild) return;
    const { executionArn, stateMachineArn, name, status } = change;
    if (status === 'RUNNING' && stateMachineArn.endsWith(`:${names.campaign}`)) this.campaigns.push(name);
    if (status === 'SUCCEEDED' && name === this.campaigns[0]) this.#hooks.campaignEnded();
    this.#options.onProgress?.({ kind: 'execution', at: this.#elapsed(), name, status });
    this.#publishStatus(executionArn, statusDetail(change));
    void this.#rest.check();
  }

  #publishStatus(executionArn: string, detail: Readonly<Record<string, unknown>>): void {
    this.scenarioWorld.world.publish(statusEvent(this.#options.configuration.hub, executionArn, detail));
  }

  #isUnderWay(): boolean {
    return (
      this.lambda.isBusy ||
      this.#operations.open > 0 ||
      this.#starts.isPending(this.#elapsed()) ||
      this.engine.isRunning
    );
  }

  /** Whether any campaign is without its outcome; soon after the start there may be none yet. */
  async #isOpen(): Promise<boolean> {
    for (const campaignId of this.campaigns) {
      const campaign = await findCampaign(this, campaignId);
      if (campaign?.outcome === null) return true;
    }
    return this.campaigns.length === 0 && this.#elapsed() < 5 * 60_000;
  }

  #elapsed(): number {
    return Date.now() - this.startedAt;
  }
}
