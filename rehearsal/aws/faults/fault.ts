import type { Direction } from '../../../domain/words.ts';

/** The faults of a scenario; handler and execution faults are the runner's, the others are bound to the world. */
export const faultKinds = [
  'updateFails',
  'rollbackFails',
  'rollbackStuck',
  'previewShowsMore',
  'restoreFails',
  'restoreFailsOnce',
  'updateLeftFailed',
  'instancesUnhealthy',
  'targetsUnhealthy',
  'alarm',
  'alarmRedBefore',
  'alarmAtVerify',
  'alarmSilent',
  'stackBusy',
  'stackBusyAtUpdate',
  'foreignUpdate',
  'throttle',
  'accessDenied',
  'suspendedAccount',
  'handlerCrash',
  'handlerTimeout',
  'eventLost',
  'restoreEventLost',
  'refreshEventLost',
  'eventDuplicated',
  'eventLate',
  'eventForged',
  'imageDeregistered',
  'findingAppears',
  'findingAfterEnd',
  'previousGone',
  'holdRefused',
  'executionAborted',
  'restoreAborted',
  'promoteFails',
  'regionOutage',
  'serviceOutage',
  'clockSkew',
  'eventsReordered',
  'approvalForged',
  'approvalStale',
  'approvalDoubled',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One fault and what it strikes. */
export interface Fault {
  readonly kind: FaultKind;
  /** A ring's name; default: all rings. */
  readonly ring?: string | undefined;
  /** Counted from 1 in plan order. */
  readonly nth: number;
  /** How many in a row are struck. */
  readonly times: number;
  /** A stack's name, in place of ring and nth. */
  readonly stack?: string | undefined;
  /** Of a handler's fault: only invocations of this handler count, by the name of its file. */
  readonly handler?: string | undefined;
  /** Of a handler's fault: only those that work for a stack in this direction. Of others: when it strikes. */
  readonly direction?: Direction | undefined;
  /** Of a handler's fault: it dies before this call of the invocation. Default: after its last one. */
  readonly atCall?: number | undefined;
  /** Of `serviceOutage`: which one, by its IAM prefix. */
  readonly service?: string | undefined;
  /** How long an outage lasts, or by how much a clock is wrong. */
  readonly minutes?: number | undefined;
}

/** A stack as the plan names it. */
export interface PlannedStack {
  readonly stackId: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** A ring of the plan. */
export interface PlannedRing {
  readonly name: string;
  readonly stacks: readonly PlannedStack[];
}
