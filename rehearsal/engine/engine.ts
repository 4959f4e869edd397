import { isDeepStrictEqual } from 'node:util';
import { executionArn } from './arns.ts';
import type { AslMachine } from './asl.ts';
import { compileMachine } from './compile-machine.ts';
import type { EngineHost, ExecutionDescription, ExecutionResult, ExecutionStatus } from './engine-host.ts';
import { Execution, type ExecutionProps } from './execution.ts';
import type { ChildrenStatistics } from './execution-statistics.ts';
import { Identifiers, type GivenIdentifiers } from './identifiers.ts';
import { Pace } from './pace.ts';
import { bytesOf, MAX_PAYLOAD_BYTES } from './payload.ts';
import { ServiceError } from './service-error.ts';
import type { EngineServices } from './services.ts';
import type { StateGraph } from './state-graph.ts';
import { TaskTokens } from './task-tokens.ts';

/** A call of StartExecution. */
export interface StartRequest {
  readonly stateMachineArn: string;
  /** @default a generated one, as for rule and console starts */
  readonly name?: string;
  /** A JSON value, not its text. */
  readonly input: unknown;
}

/** Counts of one top-level execution; its maps' children are summed up in `children`. */
export interface ExecutionSummary {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly statesEntered: number;
  readonly retries: number;
  readonly historyEvents: number;
  readonly maxPayloadBytes: number;
  readonly children: Readonly<ChildrenStatistics>;
}

/**
 * Step Functions, as a service, in virtual time: machines, executions, tokens. What its states call is the host's.
 * Runs under `withVirtualClock` only. The same seed gives the same names, tokens and order of steps.
 */
export class Engine {
  readonly #machines = new Map<string, StateGraph>();
  /** All top-level executions. */
  readonly #executions = new Map<string, Execution>();
  /** The children of maps that are running: finished ones are only counted. */
  readonly #children = new Map<string, Execution>();
  readonly #services: EngineServices;
  readonly #starts: Pace;

  constructor(
    host: EngineHost,
    options: { readonly seed?: number | string; readonly given?: GivenIdentifiers | undefined } = {},
  ) {
    const rates = host.rates ?? {};
    const identifiers = new Identifiers(options.seed ?? 0, options.given);
    const transitions = rates.transitionsPerSecond ?? 800;
    this.#starts = new Pace(rates.startExecutionPerSecond ?? 150, rates.startExecutionBucket ?? 800);
    this.#services = {
      host,
      identifiers,
      tokens: new TaskTokens(identifiers),
      transitions: new Pace(transitions, transitions),
      mapChildren: new Pace(rates.mapChildrenPerSecond ?? 100),
      startExecution: (request) => this.startExecution(request),
      startChild: (props) => this.#startChild(props),
    };
  }

  /** What an engine that comes after this one has to go on from, so that no name and no token is given out twice. */
  get given(): GivenIdentifiers {
    return this.#services.identifiers.given;
  }

  /** Creates or replaces a machine; executions that run keep the definition they began with. */
  register(stateMachineArn: string, definition: unknown): void {
    this.#machines.set(stateMachineArn, compileMachine(definition as AslMachine));
  }

  startExecution(request: StartRequest): { executionArn: string; startDate: number } {
    const { stateMachineArn, input } = request;
    const graph = this.#machines.get(stateMachineArn);
    if (!graph) throw doesNotExist('StateMachineDoesNotExist', 'State Machine', stateMachineArn);
    if (!this.#starts.tryTake()) throw new ServiceError('ThrottlingException', 'Rate exceeded');
    const name = request.name ?? this.#services.identifiers.uuid();
    const arn = executionArn(stateMachineArn, name);
    const earlier = this.#executions.get(arn);
    if (earlier) return repeated(earlier, input);
    if (bytesOf(input) > MAX_PAYLOAD_BYTES) {
      throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: over 262144 bytes`);
    }
    const execution = new Execution({ executionArn: arn, stateMachineArn, name, graph, input }, this.#services);
    this.#executions.set(arn, execution);
    execution.start();
    return { executionArn: arn, startDate: execution.startDate };
  }

  /** Aborts an execution with the children of its maps. A function that is running goes on. Again: no effect. */
  stopExecution(arn: string, reason: { readonly error?: string; readonly cause?: string } = {}): void {
    this.#find(arn).stop('ABORTED', reason.error, reason.cause);
  }

  describeExecution(arn: string): ExecutionDescription {
    return this.#find(arn).describe();
  }

  /** The executions of a machine, the newest first. */
  listExecutions(stateMachineArn: string, status?: ExecutionStatus): ExecutionDescription[] {
    return [...this.#executions.values(), ...this.#children.values()]
      .map((execution) => execution.describe())
      .filter((one) => one.stateMachineArn === stateMachineArn && (status === undefined || one.status === status))
      .reverse();
  }

  sendTaskSuccess(taskToken: string, outputJson: string): void {
    this.#services.tokens.succeed(taskToken, outputJson);
  }

  sendTaskFailure(taskToken: string, error?: string, cause?: string): void {
    this.#services.tokens.fail(taskToken, error, cause);
  }

  /** Resolves when the execution has ended, however it ended. */
  settled(arn: string): Promise<ExecutionResult> {
    return this.#find(arn).settled;
  }

  /** Counts of every top-level execution, in the order of their starts. */
  statistics(): ExecutionSummary[] {
    return [...this.#executions.values()].map(({ props, status, statistics }) => ({
      executionArn: props.executionArn,
      stateMachineArn: props.stateMachineArn,
      name: props.name,
      status,
      statesEntered: statistics.statesEntered,
      retries: statistics.retries,
      historyEvents: statistics.historyEvents,
      maxPayloadBytes: statistics.maxPayloadBytes,
      children: { ...statistics.children },
    }));
  }

  /** Whether any execution is under way. */
  get isRunning(): boolean {
    for (const { status } of this.#executions.values()) if (status === 'RUNNING') return true;
    return false;
  }

  /** Whether any execution of the machine is under way; for who asks at every step. */
  isRunningAny(stateMachineArn: string): boolean {
    for (const { status, props } of this.#executions.values())
      if (status === 'RUNNING' && props.stateMachineArn === stateMachineArn) return true;
    return false;
  }

  /** What is running, a line each: for the clock's report when nothing is left to happen. */
  pending(): string[] {
    return [...this.#executions.values(), ...this.#children.values()].flatMap(({ props, flows }) =>
      [...flows].map(({ at, item }) => `${props.executionArn} in '${at}'${item ? ` of item ${item.Index}` : ''}`),
    );
  }

  #startChild(props: ExecutionProps): Execution {
    const child = new Execution(props, this.#services);
    this.#children.set(props.executionArn, child);
    void child.settled.then(() => this.#children.delete(props.executionArn));
    child.start();
    return child;
  }

  #find(arn: string): Execution {
    const execution = this.#executions.get(arn) ?? this.#children.get(arn);
    if (!execution) throw doesNotExist('ExecutionDoesNotExist', 'Execution', arn);
    return execution;
  }
}

/** StartExecution under a name that is taken: idempotent while it runs with the same input. */
function repeated(
  { props, status, startDate }: Execution,
  input: unknown,
): { executionArn: string; startDate: number } {
  const { executionArn: arn } = props;
  if (status === 'RUNNING' && isDeepStrictEqual(props.input, input)) return { executionArn: arn, startDate };
  throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
}

const doesNotExist = (name: 'ExecutionDoesNotExist' | 'StateMachineDoesNotExist', what: string, arn: string) =>
  new ServiceError(name, `${what} Does Not Exist: '${arn}'`);
