import { createHash } from 'node:crypto';
import {
  GetAutomationExecutionCommand,
  SSMClient,
  StartAutomationExecutionCommand,
  type StepExecution,
} from '@aws-sdk/client-ssm';
import { RunbookRefused, type RunbookOutcome, type Runbooks } from '../../domain/ports/runbooks.ts';
import * as z from 'zod/mini';
import { ask, moment, text } from './ask.ts';
import { isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

/** The runbook's step that runs the document; the one before it waits for the instance. */
const documentStep = 'RunDocument';

const started = z.object({ AutomationExecutionId: text });
const described = z.object({
  AutomationExecution: z.object({
    AutomationExecutionStatus: text,
    FailureMessage: text,
    ExecutionEndTime: moment,
    StepExecutions: z.optional(
      z.array(
        z.object({
          StepName: text,
          StepStatus: text,
          Outputs: z.optional(z.record(z.string(), z.array(z.string()))),
          ResponseCode: text,
          FailureMessage: text,
        }),
      ),
    ),
  }),
});

/** A fact about the runbook or its role that trying again will not change. */
const refusals = [
  'AutomationDefinitionNotFoundException',
  'AutomationDefinitionVersionNotFoundException',
  'IdempotentParameterMismatch',
  'InvalidAutomationExecutionParametersException',
] as const;

/** SSM takes a UUID for a token; the same key makes the same one. */
const uuidOf = (key: string): string =>
  createHash('sha256')
    .update(key)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

const ended = (
  passed: boolean,
  { Outputs, ResponseCode, FailureMessage }: StepExecution,
  endedAt: string | undefined,
): RunbookOutcome => ({
  state: 'ended',
  passed,
  cause: passed ? '' : (FailureMessage ?? ''),
  output: (Outputs?.['Output'] ?? []).join('\n'),
  exitCode: Outputs?.['ResponseCode']?.[0] ?? ResponseCode ?? null,
  endedAt,
});

/**
 * Runbooks by SSM Automation.
 * {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetAutomationExecution.html}
 */
export const awsRunbooks = (sessions: Sessions, roleArn: () => string): Runbooks => {
  const client = () => sessions.client(SSMClient, sessions.hub);
  return {
    start: async (runbook, instanceId, key) => {
      try {
        const { AutomationExecutionId } = await ask(
          `StartAutomationExecution of ${runbook} for ${instanceId}`,
          started,
          () =>
            client().send(
              new StartAutomationExecutionCommand({
                DocumentName: runbook,
                ClientToken: uuidOf(key),
                Parameters: { InstanceId: [instanceId], AutomationAssumeRole: [roleArn()] },
              }),
            ),
        );
        if (AutomationExecutionId === undefined) throw new RunbookRefused(`SSM gave no run of ${runbook}`);
        return AutomationExecutionId;
      } catch (error) {
        if (!isRefused(error, ...refusals)) throw error;
        throw new RunbookRefused(`${error.name}: ${error.message}`, { cause: error });
      }
    },

    outcome: async (runId) => {
      try {
        const { AutomationExecution: run } = await ask(`GetAutomationExecution of ${runId}`, described, () =>
          client().send(new GetAutomationExecutionCommand({ AutomationExecutionId: runId })),
        );
        const steps = run?.StepExecutions ?? [];
        const step = steps.find(({ StepName }) => StepName === documentStep);
        const endedAt = run?.ExecutionEndTime?.toISOString();
        switch (run?.AutomationExecutionStatus) {
          case 'Success':
            // A run that succeeds without having run the document proves nothing.
            return step?.StepStatus === 'Success'
              ? ended(true, step, endedAt)
              : { state: 'broken', cause: 'it ended without running the document' };
          case 'Failed':
          case 'TimedOut':
            if (step?.StepStatus === 'Failed' || step?.StepStatus === 'TimedOut') return ended(false, step, endedAt);
            return {
              state: 'not managed',
              cause: steps.map(({ FailureMessage = '' }) => FailureMessage).find(Boolean) ?? run.FailureMessage ?? '',
              endedAt,
            };
          case 'Cancelled':
          case 'Exited':
          case 'Rejected':
            return { state: 'broken', cause: `it was ${run.AutomationExecutionStatus.toLowerCase()}` };
          default:
            return { state: 'running' };
        }
      } catch (error) {
        if (isRefused(error, 'AutomationExecutionNotFoundException')) return undefined;
        throw error;
      }
    },
  };
};
