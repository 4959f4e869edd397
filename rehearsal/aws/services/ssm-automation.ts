import type {
  GetAutomationExecutionCommandInput,
  GetAutomationExecutionCommandOutput,
  StartAutomationExecutionCommandInput,
  StartAutomationExecutionCommandOutput,
  StepExecution,
} from '@aws-sdk/client-ssm';
import type { Call, Operations, Reply } from '../call.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { SimRunbookRun } from '../state/runbook-run.ts';
import type { World } from '../world.ts';

/** How long the runbook waits for an instance that SSM never manages, and how long one takes to boot. */
const patienceMinutes = 15;
const bootMinutes = 2;

const wait = (StepStatus: StepExecution['StepStatus'], FailureMessage?: string): StepExecution => ({
  StepName: 'AwaitInstance',
  Action: 'aws:waitForAwsResourceProperty',
  StepStatus,
  ...(FailureMessage !== undefined && { FailureMessage }),
});

const document = (StepStatus: 'Success' | 'Failed', Output: string, code: string): StepExecution => ({
  StepName: 'RunDocument',
  Action: 'aws:runCommand',
  StepStatus,
  Outputs: { Output: [Output], ResponseCode: [code], Status: [StepStatus] },
  ...(StepStatus === 'Failed' && { FailureMessage: 'Step fails when it is Poll action status for completion.' }),
});

/** Runbooks that wait for an instance and run a document on it: what the hub stack makes for boot checks. */
export const ssmAutomation = (world: World): Operations => {
  const end = (
    run: SimRunbookRun,
    status: 'Success' | 'Failed' | 'TimedOut',
    steps: readonly StepExecution[],
  ): void => {
    if (run.status !== 'InProgress') return;
    run.status = status;
    run.steps = steps;
    const { account, region, runbook, id } = run;
    world.publish({
      account,
      region,
      source: 'aws.ssm',
      'detail-type': 'EC2 Automation Execution Status-change Notification',
      resources: [`arn:aws:ssm:${region}:${account}:automation-execution/${id}`],
      detail: { ExecutionId: id, Definition: runbook, DefinitionVersion: 1, Status: status },
    });
  };

  const play = (run: SimRunbookRun): void => {
    const { boots, document: becomes, documentMinutes } = world.instanceBehaviour;
    if (!boots) {
      const message = 'Step timed out while it was waiting for the property.';
      setTimeout(() => end(run, 'TimedOut', [wait('TimedOut', message)]), patienceMinutes * 60_000);
      return;
    }
    setTimeout(() => (run.steps = [wait('Success')]), bootMinutes * 60_000);
    if (becomes === 'hangs') return;
    setTimeout(
      () => {
        const isGone = world.gateInstances.get(run.instanceId)?.terminatedAt !== undefined;
        if (becomes === 'passes' && !isGone) {
          end(run, 'Success', [wait('Success'), document('Success', '12 checks, 12 well', '0')]);
          return;
        }
        const said = isGone ? 'Undeliverable' : '12 checks, 11 well\nthe login page does not open';
        end(run, 'Failed', [wait('Success'), document('Failed', said, '1')]);
      },
      (bootMinutes + documentMinutes) * 60_000,
    );
  };

  const start = (
    { DocumentName = '', ClientToken = '', Parameters = {} }: StartAutomationExecutionCommandInput,
    { account, region }: Call,
  ): Reply<StartAutomationExecutionCommandOutput> => {
    const known = [...world.runbookRuns.values()].find(({ clientToken }) => clientToken === ClientToken);
    if (known !== undefined && ClientToken !== '') return { AutomationExecutionId: known.id };
    const [instanceId = ''] = Parameters['InstanceId'] ?? [];
    if (!world.gateInstances.has(instanceId) || Parameters['AutomationAssumeRole']?.[0] === undefined)
      throw new SimulatedError(
        'InvalidAutomationExecutionParametersException',
        'The supplied parameters are incorrect.',
      );
    const run: SimRunbookRun = {
      id: `00000000-0000-4000-8000-${world.nextId().toString(16).padStart(12, '0')}`,
      account,
      region,
      runbook: DocumentName,
      clientToken: ClientToken,
      instanceId,
      status: 'InProgress',
      steps: [],
    };
    world.runbookRuns.set(run.id, run);
    play(run);
    return { AutomationExecutionId: run.id };
  };

  const get = ({
    AutomationExecutionId = '',
  }: GetAutomationExecutionCommandInput): Reply<GetAutomationExecutionCommandOutput> => {
    const run = world.runbookRuns.get(AutomationExecutionId);
    if (run === undefined)
      throw new SimulatedError('AutomationExecutionNotFoundException', `${AutomationExecutionId} does not exist.`);
    const { id, runbook, status, steps } = run;
    return {
      AutomationExecution: {
        AutomationExecutionId: id,
        DocumentName: runbook,
        AutomationExecutionStatus: status,
        StepExecutions: [...steps],
      },
    };
  };

  return { StartAutomationExecution: start, GetAutomationExecution: get };
};
