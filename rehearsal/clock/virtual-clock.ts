import { TimerQueue, VirtualTimer } from './timer-queue.ts';
import { virtualDate } from './virtual-date.ts';

/** Says, line by line, what somebody is still waiting for; asked only when time cannot go on. */
export type PendingSource = () => readonly string[];

/** The time of a rehearsal: stands still while anything is in flight, then jumps to the next timer. */
export interface VirtualClock {
  /** Virtual milliseconds since the epoch; `Date.now()` says the same while the clock is installed. */
  now(): number;
  /** Lets time pass until `promise` settles, and settles like it. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** Lets so many virtual milliseconds pass, and not one more, whether or not anything happens in them. */
  advance(milliseconds: number): Promise<void>;
  /**
   * Stops time until the returned function is called. For real work (reading a file, importing a module) that no
   * virtual timer stands for: without it the clock cannot know that something is in flight.
   */
  hold(): () => void;
  /** Registers somebody who can say what is missing when nothing is left to happen. */
  explainPending(source: PendingSource): void;
}

/** Limits of one run. */
export interface VirtualClockOptions {
  /**
   * How many virtual days may pass before the run is given up: a workflow that loops with a Wait never ends by itself.
   * @default 60
   */
  readonly maxDays?: number;
}

const DAY_MS = 86_400_000;
/** Real time granted to unannounced real work before a run without timers is declared stuck. */
const GRACE_MS = 200;
/** Timers that may fire in one turn of the real event loop. */
const BATCH = 256;

let installed = false;

/**
 * Replaces the process's timers and Date by virtual ones for the duration of `body`, then puts the real ones back,
 * whatever happened. Timers left over by then never fire.
 *
 * Two timers due at the same instant fire in the order of their creation; before each one, every microtask has run, and
 * whatever was begun with setImmediate, which makes a run repeatable. Real turns of the event loop are dear (each asks the
 * system for input and output), so many timers fire in one: Node runs all microtasks between two immediates. What needs
 * the system has to hold the clock.
 */
export async function withVirtualClock<T>(
  startIso: string,
  body: (clock: VirtualClock) => Promise<T>,
  options: VirtualClockOptions = {},
): Promise<T> {
  if (installed) throw new Error('the virtual clock is already installed: rehearsals run one after the other');
  const start = Date.parse(startIso);
  if (Number.isNaN(start)) throw new Error(`'${startIso}' is not an ISO 8601 time`);
  const real = { setImmediate, setTimeout, clearTimeout, setInterval, clearInterval, Date, performance };
  const time: Time = { now: start, timers: new TimerQueue(), immediates: 0 };
  Object.assign(globalThis, virtualGlobals(time, real));
  installed = true;
  try {
    return await body(drive(time, real, start + (options.maxDays ?? 60) * DAY_MS));
  } finally {
    const { performance: _, ...globals } = real;
    Object.assign(globalThis, globals);
    installed = false;
  }
}

/** The real functions, kept from before the virtual ones took their names. */
interface RealTime {
  readonly setImmediate: typeof setImmediate;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  readonly performance: typeof performance;
}

interface Time {
  now: number;
  readonly timers: TimerQueue;
  /** How often somebody has asked for a turn of the event loop. */
  immediates: number;
}

type Listener = (...args: unknown[]) => void;

function virtualGlobals(time: Time, real: RealTime) {
  const { timers } = time;
  const add =
    (repeats: boolean) =>
    (listener: Listener, delay?: number, ...args: unknown[]) => {
      // As Node has it: fractions are cut off, and what is no number of milliseconds is the shortest wait. Unlike Node's
      // own timers, which make a millisecond of more than 24.8 days: in a scenario weeks pass, and must not at once.
      const ms = Math.trunc(delay ?? 0);
      const wait = Number.isFinite(ms) && ms > 0 ? ms : repeats ? 1 : 0;
      const callback = args.length === 0 ? listener : () => listener(...args);
      return timers.add(time.now + wait, callback, repeats ? wait : undefined);
    };
  const clear = (timer?: NodeJS.Timeout | number) => {
    // One from before the clock was installed is still a real one.
    if (typeof timer === 'object' && !((timer as object) instanceof VirtualTimer)) real.clearTimeout(timer);
    else timers.clear(timer);
  };
  return {
    setTimeout: add(false),
    setInterval: add(true),
    clearTimeout: clear,
    clearInterval: clear,
    setImmediate: (listener: Listener, ...args: unknown[]) => {
      time.immediates += 1;
      return real.setImmediate(listener, ...args);
    },
    Date: virtualDate(() => time.now),
  };
}

function drive(time: Time, real: RealTime, limit: number): VirtualClock {
  const { timers } = time;
  const sources: PendingSource[] = [];
  let holds = 0;

  /** Two turns: what microtasks begin with setImmediate lies behind the first. */
  const turn = () => new Promise<void>((resolve) => void real.setImmediate(() => real.setImmediate(resolve)));
  const pending = () => {
    const lines = sources.flatMap((source) => [...source()]);
    return lines.length === 0 ? '' : `; still waiting:\n  ${lines.join('\n  ')}`;
  };
  const at = () => new Date(time.now).toISOString();

  /** Gives work that nobody announced a moment of real time to finish. */
  const graceful = async (settled: () => boolean) => {
    const until = real.performance.now() + GRACE_MS;
    while (!settled() && timers.size === 0 && holds === 0 && real.performance.now() < until) {
      await new Promise<void>((resolve) => real.setTimeout(resolve, 1));
    }
    return settled() || timers.size > 0 || holds > 0;
  };

  const fire = () => {
    const next = timers.next();
    if (next === undefined) return;
    // A timer that was created late is due now, not in the past.
    time.now = Math.max(time.now, next.at);
    next.callback();
  };

  /** Fires timers, each in an immediate of its own, until somebody needs more than microtasks. */
  const batch = (waiting: { readonly open: boolean }) =>
    new Promise<void>((resolve, reject) => {
      const { immediates } = time;
      let broken = false;
      const step = () => {
        if (broken || !waiting.open || holds > 0 || time.immediates !== immediates || time.now > limit) return;
        try {
          fire();
        } catch (error) {
          broken = true;
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      for (let count = 0; count < BATCH; count += 1) real.setImmediate(step);
      real.setImmediate(resolve);
    });

  const run = async <T>(promise: Promise<T>): Promise<T> => {
    const waiting = { open: true };
    const close = () => {
      waiting.open = false;
    };
    promise.then(close, close);
    await turn();
    while (waiting.open) {
      if (holds === 0 && timers.size === 0 && !(await graceful(() => !waiting.open))) {
        throw new Error(`nothing left to happen at ${at()}${pending()}`);
      }
      await batch(waiting);
      if (time.now > limit) throw new Error(`still running at ${at()}, the limit of virtual time${pending()}`);
      await turn();
    }
    return promise;
  };

  const advance = async (milliseconds: number): Promise<void> => {
    const until = { open: true };
    const end = time.now + milliseconds;
    timers.add(end, () => {
      until.open = false;
    });
    while (until.open) {
      await batch(until);
      if (time.now > limit) throw new Error(`still running at ${at()}, the limit of virtual time${pending()}`);
      await turn();
    }
  };

  return {
    now: () => time.now,
    run,
    advance,
    hold: () => {
      let held = true;
      holds += 1;
      return () => {
        if (held) holds -= 1;
        held = false;
      };
    },
    explainPending: (source) => void sources.push(source),
  };
}
