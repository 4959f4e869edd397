import type { StatesHost } from '../aws/host.ts';
import type { GateDoubles } from './gate-doubles.ts';

/** Machines of the user's own beside the product's. */
export const statesWithDoubles = (product: StatesHost, gates: GateDoubles): StatesHost => ({
  ...product,
  startExecution: (input) =>
    gates.plays(input.stateMachineArn ?? '') ? gates.start(input) : product.startExecution(input),
  describeExecution: (input) => gates.describe(input.executionArn ?? '') ?? product.describeExecution(input),
});
