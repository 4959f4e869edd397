import type { FaultHooks } from '../aws/faults/bind-faults.ts';
import type { World } from '../aws/world.ts';
import { beforeCall } from '../doomed.ts';
import type { Engine } from '../engine/engine.ts';
import type { EventLog } from '../event-log.ts';
import type { RunFaults } from './run-faults.ts';

interface Watched {
  readonly world: World;
  readonly engine: Engine;
  readonly log: EventLog;
  readonly faults: () => RunFaults;
  readonly hooks: () => FaultHooks;
  readonly campaignMachine: string;
  readonly restoreMachine: string;
}

const stackIdOf = (world: World, subject: string | undefined): string | undefined => {
  if (subject === undefined || world.stackById.has(subject)) return subject;
  return world.stacks.find(({ name }) => name === subject)?.id;
};

const stopAll = (engine: Engine, stateMachineArn: string): void => {
  for (const { executionArn } of engine.listExecutions(stateMachineArn, 'RUNNING').reverse())
    engine.stopExecution(executionArn, { cause: 'stopped from outside' });
};

/** Logs every request, and lets the faults know when an update of a stack has begun. */
export const watchRequests = ({
  world,
  engine,
  log,
  faults,
  hooks,
  campaignMachine,
  restoreMachine,
}: Watched): void => {
  const restores = () => engine.isRunningAny(restoreMachine);
  world.onCall = ({ at, ...call }) => {
    log.write(at, 'call', call);
    if (call.operation !== 'UpdateStack' || call.outcome !== 'ok') return;
    const stackId = stackIdOf(world, call.subject);
    faults().updateStarted(
      stackId,
      () => stopAll(engine, campaignMachine),
      () => stopAll(engine, restoreMachine),
      restores,
    );
    if (stackId !== undefined && restores()) hooks().restoreUpdates(stackId);
  };
};

/** Requests of invocations that have died reach nobody. */
export const letTheDoomedDie = (world: World): void => {
  world.beforeRequest = (service) => {
    // Credentials are shared by all that run in this process: who dies while he gets some must not take them from others.
    if (service !== 'sts') beforeCall();
  };
};
