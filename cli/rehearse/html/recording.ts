import type { StackStatus } from '../../../domain/words.ts';
import type { Progress } from '../../../rehearsal/run/progress.ts';
import { Timeline, type TimelineRing } from '../timeline.ts';
import type { TimelineLine } from '../timeline-line.ts';

/** A state of the campaign, in virtual milliseconds since the start. */
export interface StateSpan {
  readonly state: string;
  readonly from: number;
  to: number;
}

/** One go at a stack: there, or back. */
export interface StackSpan {
  readonly from: number;
  to: number | null;
  status: StackStatus;
  reason: string;
}

/** A stack with everything that was done to it. */
export interface RecordedStack {
  readonly ring: string;
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly spans: StackSpan[];
}

/** An execution of a machine that is not the first campaign's own: its restores, other campaigns. */
export interface ExecutionSpan {
  readonly name: string;
  readonly from: number;
  to: number | null;
  status: string;
}

/** Keeps what a rehearsal tells, as far as its page shows it. */
export class Recording {
  readonly states: StateSpan[] = [];
  readonly stacks = new Map<string, RecordedStack>();
  readonly executions: ExecutionSpan[] = [];
  readonly lines: TimelineLine[] = [];
  /** When the last thing happened. */
  end = 0;
  readonly #timeline: Timeline;
  /** The page is about the campaign that begins first. */
  #campaignId: string | null = null;

  constructor(rings: readonly TimelineRing[]) {
    this.#timeline = new Timeline(rings, { milestones: true });
  }

  next(progress: Progress): void {
    this.end = Math.max(this.end, progress.at);
    this.lines.push(...this.#timeline.next(progress));
    if (progress.kind === 'execution') this.#executed(progress);
    if (!('campaignId' in progress) || progress.campaignId !== this.#campaignId) return;
    if (progress.kind === 'state') this.#entered(progress.state, progress.at);
    if (progress.kind === 'work') this.#begun(progress);
    if (progress.kind === 'stack') this.#recorded(progress);
  }

  #executed({ name, at, status }: Extract<Progress, { kind: 'execution' }>): void {
    if (status === 'RUNNING') {
      this.#campaignId ??= name;
      this.executions.push({ name, from: at, to: null, status });
      return;
    }
    const execution = this.executions.findLast((one) => one.name === name);
    if (execution !== undefined) Object.assign(execution, { to: at, status });
    const last = this.states.at(-1);
    if (name === this.#campaignId && last !== undefined) last.to = at;
  }

  #entered(state: string, at: number): void {
    const last = this.states.at(-1);
    if (last !== undefined) last.to = at;
    this.states.push({ state, from: at, to: at });
  }

  #stackOf({ ring, stack, account, region }: Omit<RecordedStack, 'spans'>): RecordedStack {
    const key = `${account}/${region}/${stack}`;
    const found = this.stacks.get(key) ?? { ring, stack, account, region, spans: [] };
    this.stacks.set(key, found);
    return found;
  }

  #begun(progress: Extract<Progress, { kind: 'work' }>): void {
    const { spans } = this.#stackOf(progress);
    // A retried call is the same go.
    if (spans.at(-1)?.to !== null || spans.length === 0)
      spans.push({ from: progress.at, to: null, status: 'updating', reason: '' });
  }

  #recorded(progress: Extract<Progress, { kind: 'stack' }>): void {
    const { at, status, reason } = progress;
    const open = this.#stackOf(progress).spans.findLast(({ to }) => to === null);
    if (open !== undefined) Object.assign(open, { to: at, status, reason });
  }
}
