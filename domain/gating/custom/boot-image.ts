import type { BootCheck } from '../../configuration/custom-gate.ts';
import type { Ports } from '../../ports/index.ts';
import { InstanceRefused } from '../../ports/instances.ts';
import { RunbookRefused, type RunbookOutcome } from '../../ports/runbooks.ts';
import type { GateCall } from '../../records/gate-call.ts';
import { bindExecution, changeGateCall } from '../../store/gate-calls.ts';
import { findGateInstance } from '../../store/gate-instances.ts';
import { releaseInstances } from '../instances/end-instances.ts';
import { launchInstance } from '../instances/launch-instance.ts';
import { bootPurpose, failCall, takeAnswer } from './take-answer.ts';

type BootNeeds = Pick<
  Ports,
  'table' | 'clock' | 'configuration' | 'functions' | 'images' | 'instances' | 'runbooks' | 'surroundings'
>;

/** Characters of the commands' output that the verdict keeps. */
const longestOutput = 2500;

/**
 * Launches the instance of a boot check and has the runbook started that waits for it. On demand: an interruption of a
 * Spot instance would look like an image that has failed.
 */
export const bootImage = async (ports: BootNeeds, check: BootCheck, call: GateCall): Promise<void> => {
  const { campaignId, gate, image } = call;
  const { hub } = ports.surroundings();
  const found = await ports.images.find({ account: hub.account, region: image.region }, image.id);
  if (!found) return failCall(ports, call, `image ${image.id} is gone from ${image.region}`);
  const purpose = bootPurpose(gate);
  try {
    const { instanceId } = await launchInstance(ports, {
      campaignId,
      purpose,
      image: found,
      type: check.instanceType,
      spot: false,
    });
    const runId = await ports.runbooks.start(check.runbook, instanceId, `${campaignId}#${gate}`);
    await bindExecution(ports, runId, call);
    // Where the gate's time is over by now, nobody else knows of the instance's launch.
    if (!(await changeGateCall(ports, call, { runId }))) await releaseInstances(ports, campaignId, purpose);
  } catch (error) {
    if (error instanceof InstanceRefused)
      return failCall(ports, call, `the instance could not be launched: ${error.message}`);
    if (error instanceof RunbookRefused)
      return failCall(ports, call, `runbook ${check.runbook} could not be started: ${error.message}`);
    throw error;
  }
};

const lastLine = (output: string): string => output.trim().split('\n').at(-1)?.slice(0, 150) ?? '';

const answerOf = (
  outcome: Extract<RunbookOutcome, { state: 'not managed' | 'ended' }>,
  { gate, image }: GateCall,
  instanceId: string,
  check: BootCheck | undefined,
): object => {
  if (outcome.state === 'not managed') {
    const within = check ? ` within ${check.bootMinutes} minutes` : '';
    const reason = `SSM has not managed instance ${instanceId} of ${image.id}${within}: the image must boot and start the SSM agent`;
    return { passed: false, reasons: [reason], evidence: { instanceId, cause: outcome.cause.slice(0, longestOutput) } };
  }
  const { passed, output, exitCode, cause } = outcome;
  const document = check?.document ?? gate;
  const said = lastLine(output) || cause.slice(0, 150);
  const reason = `${document} failed on instance ${instanceId} of ${image.id}, exit code ${exitCode ?? 'none'}: ${said}`;
  return {
    passed,
    reasons: passed ? [] : [reason],
    evidence: { instanceId, document, exitCode, output: output.slice(-longestOutput) },
  };
};

/** Looks at the run of a boot check, and takes what has come of it for the gate's answer. */
export const lookAtRun = async (
  ports: Pick<Ports, 'table' | 'clock' | 'configuration' | 'functions' | 'runbooks' | 'surroundings'>,
  call: GateCall,
  runId: string,
): Promise<void> => {
  const outcome = await ports.runbooks.outcome(runId);
  if (!outcome || outcome.state === 'running') return;
  if (outcome.state === 'broken') return failCall(ports, call, `its runbook gave no answer: ${outcome.cause}`);
  const asks = ports.configuration().gates.custom.find(({ name }) => name === call.gate)?.asks;
  const instance = await findGateInstance(ports, call.campaignId, bootPurpose(call.gate));
  const answer = answerOf(outcome, call, instance?.instanceId ?? '', asks?.kind === 'boot' ? asks : undefined);
  await takeAnswer(ports, call, answer, outcome.endedAt);
};
