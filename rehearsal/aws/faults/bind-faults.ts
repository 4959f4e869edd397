import { faultTimes } from '../model.ts';
import { alarmNames } from '../state/alarm-names.ts';
import type { SimStack, StackFaults } from '../state/sim-stack.ts';
import type { World } from '../world.ts';
import type { Fault, FaultKind, PlannedRing, PlannedStack } from './fault.ts';
import { leaveUpdateFailed, updateToForeignImage } from './foreign-operations.ts';
import { addFinding, deregisterImage, deregisterPrevious } from './image-events.ts';
import { raiseAlarm, silenceAlarms } from './raise-alarm.ts';
import { selectStacks } from './select-stacks.ts';
import { breakPromotion, refuseOneCall, throttleBusiest } from './target-faults.ts';

/** What the runner tells as the campaign goes on; times matter, so call them when it happens. */
export interface FaultHooks {
  /** The plan is written; nothing was touched yet. */
  planKnown(rings: readonly PlannedRing[]): void;
  ringStarted(ring: string): void;
  ringEnded(ring: string): void;
  bakeStarted(ring: string): void;
  /** Verify Instances looks at the stack on its way forward. */
  stackVerified(stackId: string): void;
  /** A restore has begun to update the stack. */
  restoreUpdates(stackId: string): void;
  /** The campaign has ended well. */
  campaignEnded(): void;
  /** Record Stack ended for this stack. */
  stackRecorded(stackId: string): void;
}

/** What binding needs beside the faults. */
export interface BindOptions {
  /** What the names of the family's promotion parameters start with; needed for `promoteFails`. */
  readonly promotionPrefix?: string;
  /** The image, by region, that `foreignUpdate` moves a stack to. */
  readonly foreignImage?: ReadonlyMap<string, string>;
  /** The image, by region, that the fleet runs before; needed for `previousGone`. */
  readonly previousImage?: ReadonlyMap<string, string>;
  /** A fault that strikes nothing is no mistake. */
  readonly mayMiss?: boolean;
}

/** What a fault sets on a stack for later. */
const onStack: Partial<Record<FaultKind, StackFaults>> = {
  updateFails: { forward: 'updateFails' },
  rollbackFails: { forward: 'rollbackFails' },
  rollbackStuck: { forward: 'rollbackFails', stuckAt: 'SecurityGroup' },
  previewShowsMore: { showsMore: true },
  restoreFails: { restoreFails: true },
  restoreFailsOnce: { restoreFailsOnce: true },
  instancesUnhealthy: { unhealthy: true },
  targetsUnhealthy: { targetsUnhealthy: true },
  eventLost: { completionEvent: 'lost' },
  restoreEventLost: { restoreEvent: 'lost' },
  refreshEventLost: { groupEvents: 'lost' },
  eventDuplicated: { completionEvent: 'duplicated' },
  eventLate: { completionEvent: 'late' },
  eventForged: { eventsForged: true },
};

/** One fault with the stacks it strikes, by ring. */
interface BoundFault {
  readonly fault: Fault;
  readonly struck: ReadonlyMap<string, readonly SimStack[]>;
  /** For faults of the image: the ring while which they strike. */
  readonly ring: string;
}

/**
 * Binds the AWS-level faults of one run to the world. Which stacks they strike is known with the plan; when, the hooks
 * tell. Faults of handlers and executions are the runner's and ignored here.
 */
export const bindFaults = (world: World, faults: readonly Fault[], options: BindOptions = {}): FaultHooks => {
  let bound: BoundFault[] = [];
  /** Outages of the restore that have come. */
  const begun = new Set<BoundFault>();
  if (faults.some(({ kind }) => kind === 'promoteFails') && options.promotionPrefix !== undefined) {
    breakPromotion(world, options.promotionPrefix);
  }

  if (faults.some(({ kind }) => kind === 'holdRefused'))
    world.refusedOnce.add('ec2.EnableImageDeregistrationProtection');

  /** Calls `strike` for the stacks that a kind of fault strikes in a ring. */
  const inRing = (kind: FaultKind, ring: string, strike: (stack: SimStack) => void): void => {
    for (const { fault, struck } of bound) {
      if (fault.kind === kind) for (const stack of struck.get(ring) ?? []) strike(stack);
    }
  };

  const strikeImage = ({ fault }: BoundFault): void => {
    if (fault.kind === 'imageDeregistered') setTimeout(() => deregisterImage(world), faultTimes.intoRing);
    if (fault.kind === 'findingAppears') setTimeout(() => addFinding(world), faultTimes.intoRing);
  };

  return {
    planKnown: (rings) => {
      bound = faults
        .filter(({ kind }) => !runners.has(kind))
        .map((fault) => bind(world, fault, rings, options.mayMiss ?? false));
      for (const { fault, struck } of bound) {
        const stacks = [...struck.values()].flat();
        const settings = onStack[fault.kind];
        if (settings !== undefined) for (const stack of stacks) stack.faults = { ...stack.faults, ...settings };
        if (fault.kind === 'alarmRedBefore') for (const stack of stacks) raiseAlarm(world, stack);
        if (fault.kind === 'stackBusyAtUpdate')
          for (const stack of stacks) stack.faults = { ...stack.faults, busyAtUpdate: fault.direction ?? 'forward' };
        if (fault.kind === 'clockSkew')
          for (const { account } of stacks) world.skews.set(account, minutesOf(fault, faultTimes.skew));
        if (fault.kind === 'eventsReordered')
          for (const { account, region } of stacks) world.disordered.add(`${account}/${region}`);
        if (fault.kind === 'alarmSilent') for (const stack of stacks) silenceAlarms(world, stack);
        if (fault.kind !== 'suspendedAccount' || fault.ring !== undefined) continue;
        for (const { account } of stacks) world.suspendedAccounts.add(account);
      }
    },

    ringStarted: (ring) => {
      inRing('stackBusy', ring, (stack) => {
        stack.faults = { ...stack.faults, busyWhenTouched: true };
      });
      inRing('throttle', ring, ({ account, region }) => throttleBusiest(world, account, region));
      inRing('accessDenied', ring, ({ account, region }) => refuseOneCall(world, account, region));
      inRing('suspendedAccount', ring, ({ account }) => world.suspendedAccounts.add(account));
      for (const { fault, struck } of bound)
        if (fault.direction !== 'restore' && isOutage(fault))
          for (const { region } of struck.get(ring) ?? []) beginOutage(world, fault, region);
      for (const one of bound) if (one.ring === ring) strikeImage(one);
    },

    stackVerified: (stackId) => {
      for (const { fault, struck } of bound)
        for (const stack of [...struck.values()].flat())
          if (fault.kind === 'alarmAtVerify' && stack.id === stackId) raiseAlarm(world, stack);
    },

    restoreUpdates: (stackId) => {
      for (const one of bound) {
        const { fault, struck } = one;
        const stack = [...struck.values()].flat().find(({ id }) => id === stackId);
        if (stack === undefined || fault.direction !== 'restore' || !isOutage(fault) || begun.has(one)) continue;
        begun.add(one);
        beginOutage(world, fault, stack.region);
      }
    },

    ringEnded: () => {
      // Nothing ends with a ring: what is struck stays so until the world heals it.
    },

    bakeStarted: (ring) =>
      inRing('alarm', ring, (stack) => setTimeout(() => raiseAlarm(world, stack), faultTimes.intoBake)),

    campaignEnded: () => {
      const late = faults.find(({ kind }) => kind === 'findingAfterEnd');
      if (late) setTimeout(() => addFinding(world, 'critical', late.times), faultTimes.afterEnd);
      if (faults.some(({ kind }) => kind === 'previousGone'))
        setTimeout(() => deregisterPrevious(world, options.previousImage ?? new Map()), faultTimes.afterEnd / 2);
    },

    stackRecorded: (stackId) => {
      for (const { fault, struck } of bound) {
        const stack = [...struck.values()].flat().find(({ id }) => id === stackId);
        if (fault.kind === 'updateLeftFailed' && stack !== undefined) leaveUpdateFailed(world, stack);
        if (fault.kind !== 'foreignUpdate') continue;
        const image = stack && options.foreignImage?.get(stack.region);
        if (stack !== undefined && image !== undefined && stack.image !== image)
          updateToForeignImage(world, stack, image);
      }
    },
  };
};

/** Faults that strike handlers, executions or the promotion: no stack of the plan is chosen for them here. */
const runners: ReadonlySet<FaultKind> = new Set([
  'handlerCrash',
  'handlerTimeout',
  'executionAborted',
  'restoreAborted',
  'promoteFails',
  'findingAfterEnd',
  'previousGone',
  'holdRefused',
  'approvalForged',
  'approvalStale',
  'approvalDoubled',
]);

const isOutage = ({ kind }: Fault): boolean => kind === 'regionOutage' || kind === 'serviceOutage';

const minutesOf = ({ minutes }: Fault, otherwise: number): number =>
  minutes === undefined ? otherwise : minutes * 60_000;

/** Plans and results are in the hub's region, wherever the stack is. */
const beginOutage = (world: World, fault: Fault, region: string): void => {
  const { service } = fault;
  world.outages.push({
    service,
    region: service === 's3' ? world.hubRegion : region,
    until: Date.now() + minutesOf(fault, faultTimes.outage),
  });
};

const ofImage: ReadonlySet<FaultKind> = new Set(['imageDeregistered', 'findingAppears']);

/** Faults that strike the alarms of a stack. */
const ofAlarms: ReadonlySet<FaultKind> = new Set(['alarm', 'alarmRedBefore', 'alarmAtVerify', 'alarmSilent']);

const bind = (world: World, fault: Fault, rings: readonly PlannedRing[], mayMiss: boolean): BoundFault => {
  // Without alarms there is nothing to strike: a mistake, unless the scenario may have such.
  const isStruck = ({ stackId }: PlannedStack): boolean => {
    const stack = world.stackById.get(stackId);
    return !mayMiss || !ofAlarms.has(fault.kind) || (stack !== undefined && alarmNames(stack).length > 0);
  };
  const selected = selectStacks(fault, rings, mayMiss).filter(isStruck);
  const ids = new Set(selected.map(({ stackId }) => stackId));
  const struck = new Map(
    rings.map(({ name, stacks }) => [
      name,
      stacks.filter(({ stackId }) => ids.has(stackId)).flatMap(({ stackId }) => world.stackById.get(stackId) ?? []),
    ]),
  );
  const first = rings.find(({ stacks }) => stacks.length > 0)?.name ?? '';
  const named =
    fault.stack === undefined ? undefined : rings.find(({ stacks }) => stacks.some(({ stackId }) => ids.has(stackId)));
  return { fault, struck, ring: ofImage.has(fault.kind) ? (fault.ring ?? named?.name ?? first) : '' };
};
