import type { Target } from '../../domain/target.ts';
import type { EventEnvelope } from '../aws/host.ts';
import type { StatusChange } from '../engine/engine-host.ts';

/** The event by which Step Functions tells how an execution stands. */
export const statusEvent = (
  hub: Target,
  executionArn: string,
  detail: Readonly<Record<string, unknown>>,
): Omit<EventEnvelope, 'version' | 'id' | 'time'> => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  ...hub,
  resources: [executionArn],
  detail,
});

/** What the event says of a change. */
export const statusDetail = ({
  executionArn,
  stateMachineArn,
  name,
  status,
  startDate,
  stopDate = null,
  error,
  cause,
}: Omit<StatusChange, 'stopDate'> & { readonly stopDate?: number | null }): Readonly<Record<string, unknown>> => ({
  executionArn,
  stateMachineArn,
  name,
  status,
  startDate,
  stopDate,
  ...(error === undefined ? {} : { error, cause }),
});
