import { SimulatedError, validationError } from '../simulated-error.ts';
import type { SimStack, StackOperation } from '../state/sim-stack.ts';

const updatable = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE']);

/** Refuses an update of a stack that is busy, or that can only be deleted or rolled back. The text is CloudFormation's. */
export const checkUpdatable = (stack: SimStack): void => {
  if (updatable.has(stack.status)) return;
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
};

/**
 * The operation an earlier request with the same ClientRequestToken started, if any: asking twice starts one.
 *
 * @throws TokenAlreadyExistsException when the token was used for something else
 */
export const earlierOperation = (
  stack: SimStack,
  token: string | undefined,
  type: StackOperation['type'],
  request: string,
): StackOperation | undefined => {
  if (token === undefined) return undefined;
  if (!/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/.test(token)) {
    throw validationError(
      `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*`,
    );
  }
  const earlier = stack.operations.find((operation) => operation.token === token);
  if (earlier === undefined || (earlier.type === type && earlier.request === request)) return earlier;
  throw new SimulatedError('TokenAlreadyExistsException', `Token already exists: ${token}`);
};
