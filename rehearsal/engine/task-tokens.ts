import type { Identifiers } from './identifiers.ts';
import { bytesOf, MAX_PAYLOAD_BYTES } from './payload.ts';
import { ServiceError } from './service-error.ts';
import { StatesError } from './states-error.ts';

/** A task that waits for its token. */
export interface WaitingTask {
  readonly succeed: (output: unknown) => void;
  readonly fail: (error: StatesError) => void;
}

/** The tokens that somebody may still complete. Finished ones are forgotten: they prove themselves by their form. */
export class TaskTokens {
  readonly #identifiers: Identifiers;
  readonly #open = new Map<string, WaitingTask>();

  constructor(identifiers: Identifiers) {
    this.#identifiers = identifiers;
  }

  open(token: string, task: WaitingTask): void {
    this.#open.set(token, task);
  }

  close(token: string): void {
    this.#open.delete(token);
  }

  /** SendTaskSuccess. */
  succeed(token: string, outputJson: string): void {
    const task = this.#find(token);
    let output: unknown;
    try {
      output = JSON.parse(outputJson);
    } catch (cause) {
      throw new ServiceError('InvalidOutput', `Invalid Output: '${cause instanceof Error ? cause.message : ''}'`);
    }
    if (bytesOf(output) > MAX_PAYLOAD_BYTES) {
      throw new ServiceError('InvalidOutput', 'Invalid Output: it exceeds 262144 bytes');
    }
    this.close(token);
    task.succeed(output);
  }

  /** SendTaskFailure. */
  fail(token: string, error = '', cause = ''): void {
    const task = this.#find(token);
    this.close(token);
    task.fail(new StatesError(error, cause));
  }

  #find(token: string): WaitingTask {
    const task = this.#open.get(token);
    if (task) return task;
    if (this.#identifiers.issued(token)) {
      throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
}
