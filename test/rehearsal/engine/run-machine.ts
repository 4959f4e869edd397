import { withVirtualClock } from '../../../rehearsal/clock/virtual-clock.ts';
import { Engine, type ExecutionSummary } from '../../../rehearsal/engine/engine.ts';
import type { EngineRates, ExecutionResult, StatusChange } from '../../../rehearsal/engine/engine-host.ts';
import type { EngineStep } from '../../../rehearsal/engine/engine-step.ts';

export const MACHINE = 'arn:aws:states:eu-west-1:111111111111:stateMachine:campaign';
export const START = Date.parse('2026-11-22T08:00:00.000Z');

/** The ARN of a function by its name. */
export const fn = (name: string) => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`;

/** Waits in virtual time. */
export const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** An error as a function throws it. */
export const failure = (name: string, message = 'it broke') => Object.assign(new Error(message), { name });

/** A machine of one state. */
export const only = (state: object) => ({ StartAt: 'It', States: { It: { ...state, End: true } } });

export interface World {
  readonly engine: Engine;
  readonly calls: { name: string; payload: unknown; second: number }[];
  readonly files: Map<string, unknown>;
  readonly statuses: StatusChange[];
  readonly steps: EngineStep[];
}

export interface RunOptions {
  readonly input?: unknown;
  readonly name?: string;
  readonly seed?: number;
  readonly rates?: EngineRates;
  readonly items?: unknown[];
  readonly functions?: Readonly<Record<string, (payload: never, world: World) => unknown>>;
  /** Goes on beside the execution. */
  readonly meanwhile?: (world: World, executionArn: string) => Promise<void>;
  readonly machines?: Readonly<Record<string, unknown>>;
}

export interface Run extends World {
  readonly result: ExecutionResult;
  readonly executionArn: string;
  readonly seconds: number;
  readonly summary: ExecutionSummary;
}

/** Runs a definition in virtual time against functions given by name, and records all that was seen of it. */
export async function runMachine(definition: unknown, options: RunOptions = {}): Promise<Run> {
  return withVirtualClock(new Date(START).toISOString(), async (clock) => {
    const world = newWorld(options);
    clock.explainPending(() => world.engine.pending());
    world.engine.register(MACHINE, definition);
    for (const [arn, machine] of Object.entries(options.machines ?? {})) world.engine.register(arn, machine);
    const { name = 'run-1', input = {} } = options;
    const { executionArn } = world.engine.startExecution({ stateMachineArn: MACHINE, name, input });
    const both = Promise.all([world.engine.settled(executionArn), options.meanwhile?.(world, executionArn)]);
    const [result] = await clock.run(both);
    const seconds = (clock.now() - START) / 1000;
    return { ...world, result, executionArn, seconds, summary: world.engine.statistics()[0]! };
  });
}

function newWorld({ functions = {}, items = [], rates, seed = 1 }: RunOptions): World {
  const world: World = {
    calls: [],
    files: new Map(),
    statuses: [],
    steps: [],
    engine: new Engine(
      {
        invokeFunction: async (arn, payload) => {
          const name = arn.split(':').at(-1)!;
          world.calls.push({ name, payload, second: (Date.now() - START) / 1000 });
          const run = functions[name];
          if (!run) throw failure('Lambda.ResourceNotFoundException', `no function ${name}`);
          return await run(payload as never, world);
        },
        readItems: async (bucket, key) => {
          if (key === 'missing') throw new Error(`NoSuchKey: ${bucket}/${key}`);
          if (key === 'slow') await after(60_000);
          return items;
        },
        writeResults: (bucket, key, body) => {
          world.files.set(`${bucket}/${key}`, JSON.parse(Buffer.from(body.unpacked()).toString()));
          return Promise.resolve();
        },
        onStatusChange: (change) => void world.statuses.push(change),
        onStep: (step) => void world.steps.push(step),
        ...(rates && { rates }),
      },
      { seed },
    ),
  };
  return world;
}
