import type { Ports } from '../../ports/index.ts';
import type { GateCall } from '../../records/gate-call.ts';
import { callOfExecution, gateCalls } from '../../store/gate-calls.ts';
import { lookAtRun } from './boot-image.ts';
import { settleGates } from './settle-gates.ts';
import { failCall, isPending, takeAnswer } from './take-answer.ts';

type Needs = Pick<
  Ports,
  | 'table'
  | 'clock'
  | 'metrics'
  | 'configuration'
  | 'executions'
  | 'functions'
  | 'gateMachines'
  | 'runbooks'
  | 'surroundings'
>;

/** Takes what a machine or a runbook has come to for the gate's answer; how it ended is asked for, and not believed of an event. */
const look = async (ports: Needs, call: GateCall): Promise<void> => {
  if (call.state !== 'open') return;
  if (typeof call.runId === 'string') return lookAtRun(ports, call, call.runId);
  if (call.executionArn === null) return;
  const outcome = await ports.gateMachines.outcome(call.executionArn);
  if (!outcome || outcome.status === 'RUNNING' || outcome.status === 'PENDING_REDRIVE') return;
  if (outcome.status !== 'SUCCEEDED')
    return failCall(ports, call, `its execution ended ${outcome.status}${outcome.cause && ` (${outcome.cause})`}`);
  if (!isPending(outcome.output)) await takeAnswer(ports, call, outcome.output, outcome.endedAt);
};

/** An execution or a run has ended; does nothing unless it was started for a custom gate. */
export const settleGateExecution = async (ports: Needs, execution: string): Promise<void> => {
  const call = await callOfExecution(ports, execution);
  if (!call) return;
  await look(ports, call);
  await settleGates(ports, call.campaignId);
};

/** The sweep's look at a campaign's gates; true where nothing is waited for any more. */
export const sweepGates = async (ports: Needs, campaignId: string): Promise<boolean> => {
  for await (const call of gateCalls(ports, campaignId)) await look(ports, call);
  return settleGates(ports, campaignId);
};
