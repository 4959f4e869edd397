import type { Fault, PlannedRing } from '../aws/faults/fault.ts';
import { selectStacks } from '../aws/faults/select-stacks.ts';
import type { InvocationFate } from '../lambda-service.ts';
import type { ApprovalFaults } from './operators.ts';

/** How long after its UpdateStack a stack's campaign is stopped from outside (`executionAborted`). */
const abortAfterMilliseconds = 30_000;

interface Payload {
  readonly direction?: string;
  readonly stack?: { readonly ring?: string; readonly stackName?: string };
  readonly ring?: string;
}

/** The faults of handlers and executions; the ones of AWS itself are bound to the simulated AWS. */
export class RunFaults {
  readonly #faults: readonly Fault[];
  readonly #mayMiss: boolean;
  readonly #seen = new Map<Fault, number>();
  #abortOn = new Set<string>();
  #abortRestoreOn = new Set<string>();

  /**
   * @param invocations - What an earlier run of the same world has counted.
   */
  constructor(faults: readonly Fault[], mayMiss = false, invocations: readonly number[] = []) {
    this.#faults = faults;
    this.#mayMiss = mayMiss;
    for (const [index, fault] of faults.entries()) this.#seen.set(fault, invocations[index] ?? 0);
  }

  /** How many of the invocations each fault counts there have been, in the order of the scenario. */
  get invocations(): readonly number[] {
    return this.#faults.map((fault) => this.#seen.get(fault) ?? 0);
  }

  /** The plan is known: now the stack whose update is interrupted can be told. */
  planKnown(rings: readonly PlannedRing[]): void {
    const struckBy = (wanted: Fault['kind']) =>
      new Set(
        this.#faults
          .filter(({ kind }) => kind === wanted)
          .flatMap((fault) => selectStacks(fault, rings, this.#mayMiss))
          .map(({ stackId }) => stackId),
      );
    this.#abortOn = struckBy('executionAborted');
    this.#abortRestoreOn = struckBy('restoreAborted');
  }

  /** Counts the invocation for every handler fault that it may be the nth of. */
  fateOf(handler: string, payload: unknown): InvocationFate {
    const { stack, ring, direction } = (payload ?? {}) as Payload;
    let fate: InvocationFate = null;
    for (const fault of this.#faults) {
      if (fault.kind !== 'handlerCrash' && fault.kind !== 'handlerTimeout') continue;
      if (fault.handler !== undefined && fault.handler !== handler) continue;
      if (fault.direction !== undefined && fault.direction !== direction) continue;
      if (fault.ring !== undefined && fault.ring !== (stack?.ring ?? ring)) continue;
      if (fault.stack !== undefined && fault.stack !== stack?.stackName) continue;
      const count = (this.#seen.get(fault) ?? 0) + 1;
      this.#seen.set(fault, count);
      if (count >= fault.nth && count < fault.nth + fault.times)
        fate = { kind: fault.kind === 'handlerCrash' ? 'crash' : 'timeout', atCall: fault.atCall };
    }
    return fate;
  }

  /** A handler fault whose nth invocation never came: whatever the run shows, it is not what the scenario asks. */
  neverStruck(): string | null {
    const idle = this.#faults.find(
      (fault) =>
        (fault.kind === 'handlerCrash' || fault.kind === 'handlerTimeout') && (this.#seen.get(fault) ?? 0) < fault.nth,
    );
    return idle === undefined
      ? null
      : `Fault ${idle.kind}: there were only ${this.#seen.get(idle) ?? 0} such invocations, not ${idle.nth}.`;
  }

  /** What is tried with approvals. */
  get approvals(): ApprovalFaults {
    const has = (wanted: Fault['kind']): boolean => this.#faults.some(({ kind }) => kind === wanted);
    return { forged: has('approvalForged'), stale: has('approvalStale'), doubled: has('approvalDoubled') };
  }

  /** An UpdateStack was answered; stops the campaign a moment later if this is the stack to strike. */
  updateStarted(
    stackId: string | undefined,
    stopCampaign: () => void,
    stopRestore: () => void,
    restores: () => boolean,
  ): void {
    if (stackId === undefined) return;
    if (this.#abortOn.delete(stackId)) setTimeout(stopCampaign, abortAfterMilliseconds);
    if (this.#abortRestoreOn.has(stackId) && restores()) {
      this.#abortRestoreOn.delete(stackId);
      setTimeout(stopRestore, abortAfterMilliseconds);
    }
  }
}
