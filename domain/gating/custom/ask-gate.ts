import { randomBytes } from 'node:crypto';
import { sha256 } from '../../hash.ts';
import type { CustomGate } from '../../configuration/custom-gate.ts';
import type { GateQuestion } from '../../gates/gate-function.ts';
import type { Ports } from '../../ports/index.ts';
import type { GateCall } from '../../records/gate-call.ts';
import { bindExecution, changeGateCall, findGateCall, gateKey } from '../../store/gate-calls.ts';
import { bootImage } from './boot-image.ts';
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
  | 'images'
  | 'instances'
  | 'runbooks'
  | 'surroundings'
>;

/** A custom gate that has failed; thrown so that what it was asked lands in the dead-letter queue. */
export class GateFailed extends Error {
  override readonly name = 'GateFailed';
}

/** A function has to return within the time of the function that calls it. */
const longestCallSeconds = 840;

const textOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : 'it failed');

/** Where an execution of this name and machine will be. */
const executionArnOf = (machineArn: string, name: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/**
 * A new id to answer with, good once. Only its hash is kept; who has the id may answer for this gate of this campaign, so
 * it is all that a gate needs to know of us, and a task token is nothing that it ever sees.
 */
const newCallback = async (ports: Needs, call: GateCall): Promise<string | undefined> => {
  const id = `${call.campaignId}:${gateKey(call.gate)}:${randomBytes(24).toString('base64url')}`;
  const stored = await changeGateCall(ports, call, { callbackHashes: [...call.callbackHashes, sha256(id)] });
  return stored ? id : undefined;
};

const ask = async (ports: Needs, gate: CustomGate, call: GateCall, callbackId: string): Promise<void> => {
  // Nobody but us answers for a boot check, so its id goes to nobody.
  if (gate.asks.kind === 'boot') return bootImage(ports, gate.asks, call);
  const { campaignId, image, category, deadline } = call;
  const question: GateQuestion = {
    campaignId,
    gate: gate.name,
    image,
    category,
    deadline,
    callback: { id: callbackId, functionArn: ports.surroundings().answerGateFunctionArn },
  };
  if (gate.asks.kind === 'stateMachine') {
    const name = `${gateKey(gate.name)}-${sha256(campaignId).slice(0, 20)}`;
    const executionArn = executionArnOf(gate.asks.arn, name);
    await bindExecution(ports, executionArn, call);
    await changeGateCall(ports, call, { executionArn });
    return ports.gateMachines.start(gate.asks.arn, name, question);
  }
  let answer: unknown;
  try {
    answer = await ports.functions.call(gate.asks.arn, question, Math.min(gate.timeoutSeconds, longestCallSeconds));
  } catch (error) {
    return failCall(ports, call, textOf(error));
  }
  if (!isPending(answer)) await takeAnswer(ports, call, answer);
};

/**
 * The use case behind Ask Custom Gate: asks one gate and takes its answer, unless that comes later. Throws where the call
 * has failed, this time or before.
 */
export const askGate =
  (ports: Needs) =>
  async ({ campaignId, gate: name }: { readonly campaignId: string; readonly gate: string }): Promise<void> => {
    const call = await findGateCall(ports, campaignId, gateKey(name));
    if (!call || call.state === 'answered') return;
    if (call.state === 'open') {
      const gate = ports.configuration().gates.custom.find((one) => one.name === name);
      const callbackId = gate && (await newCallback(ports, call));
      if (!gate) await failCall(ports, call, 'it was taken out of the configuration while it was asked');
      else if (callbackId !== undefined) await ask(ports, gate, call, callbackId);
    }
    await settleGates(ports, campaignId);
    const after = await findGateCall(ports, campaignId, gateKey(name));
    if (after?.state === 'failed')
      throw new GateFailed(`custom gate ${name} of campaign ${campaignId}: ${after.error || 'malformed answer'}`);
  };
