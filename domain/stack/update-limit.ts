import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';

/**
 * Longest wait for one update of the stack: what the configuration says, and the minutes for which CloudFormation goes on watching
 * the stack's own rollback triggers before it calls the update complete.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html}
 */
export const updateLimitMinutes = (
  { configuration }: Pick<Ports, 'configuration'>,
  { monitoringMinutes = 0 }: Pick<StackRecord, 'monitoringMinutes'>,
): number => configuration().stacks.updateTimeoutMinutes + monitoringMinutes;
