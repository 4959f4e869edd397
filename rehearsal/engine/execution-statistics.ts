import type { ExecutionResult } from './engine-host.ts';
import { EXECUTION_EVENTS, MAX_HISTORY_EVENTS } from './history-events.ts';
import { MAX_PAYLOAD_BYTES } from './payload.ts';
import { StatesError } from './states-error.ts';

/** What the children of an execution's distributed maps came to, together. */
export interface ChildrenStatistics {
  started: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  statesEntered: number;
  retries: number;
  /** Of the child with the longest history. */
  maxHistoryEvents: number;
  /** Of the child with the largest payload. */
  maxPayloadBytes: number;
}

const OUTCOME = { SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timedOut', ABORTED: 'aborted' } as const;

/** Counts of one execution, and its limits: what exceeds them fails the execution past every Catch. */
export class ExecutionStatistics {
  statesEntered = 0;
  retries = 0;
  historyEvents = EXECUTION_EVENTS;
  maxPayloadBytes = 0;
  readonly children: ChildrenStatistics = {
    started: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    statesEntered: 0,
    retries: 0,
    maxHistoryEvents: 0,
    maxPayloadBytes: 0,
  };

  addEvents(count: number): void {
    this.historyEvents += count;
    if (this.historyEvents > MAX_HISTORY_EVENTS) {
      throw new StatesError('States.Runtime', `The execution reached the maximum number of history events (25000).`);
    }
  }

  /** @param what names the payload, for the error's cause */
  addPayload(bytes: number, what: string): void {
    if (bytes > this.maxPayloadBytes) this.maxPayloadBytes = bytes;
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw new StatesError(
        'States.DataLimitExceeded',
        `${what} has ${bytes} bytes, more than the limit of ${MAX_PAYLOAD_BYTES}.`,
      );
    }
  }

  /** Adds a finished child (and its own children) to the parent's account, so that the child can be forgotten. */
  addChild(child: ExecutionStatistics, status: ExecutionResult['status']): void {
    const sum = this.children;
    const below = child.children;
    sum[OUTCOME[status]] += 1;
    sum.started += below.started;
    for (const key of Object.values(OUTCOME)) sum[key] += below[key];
    sum.statesEntered += child.statesEntered + below.statesEntered;
    sum.retries += child.retries + below.retries;
    sum.maxHistoryEvents = Math.max(sum.maxHistoryEvents, child.historyEvents, below.maxHistoryEvents);
    sum.maxPayloadBytes = Math.max(sum.maxPayloadBytes, child.maxPayloadBytes, below.maxPayloadBytes);
  }
}
