import type { StepExecution } from '@aws-sdk/client-ssm';

/** One run of a runbook of SSM Automation. */
export interface SimRunbookRun {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly runbook: string;
  readonly clientToken: string;
  readonly instanceId: string;
  status: 'InProgress' | 'Success' | 'Failed' | 'TimedOut';
  steps: readonly StepExecution[];
}
