import type { PlannedStack } from '../../contracts/shapes.ts';
import type { StackRecord } from '../records/stack-record.ts';

/** A stack as the plan names it and machines hand it on. */
export const plannedStackOf = (record: StackRecord): PlannedStack => ({
  stackId: record.stackId,
  stackName: record.stackName,
  account: record.account,
  region: record.region,
  environment: record.environment,
  ring: record.ring,
  order: record.order,
  mode: record.mode,
  parameter: record.parameter,
  ssmParameter: record.ssmParameter,
  readBy: record.readBy,
  image: record.image,
});
