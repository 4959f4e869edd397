/**
 * Base of all errors that a task may fail with. Step Functions matches the literal `name`, and the task's contract says
 * whether a second try makes sense.
 */
export abstract class RolloutError extends Error {
  abstract override readonly name: string;
}

/** The service refused the call for its rate, and the SDK's own retries did not help. */
export class Throttled extends RolloutError {
  override readonly name = 'Throttled';
}

/** The service failed or could not be reached. */
export class ServiceUnavailable extends RolloutError {
  override readonly name = 'ServiceUnavailable';
}

/** The role lacks a permission, or the account refuses us. */
export class AccessDenied extends RolloutError {
  override readonly name = 'AccessDenied';
}

/** The right to write has gone to somebody else (restore, another campaign); nothing was written. */
export class Fenced extends RolloutError {
  override readonly name = 'Fenced';
}

/** Somebody else changed the stack or its parameter since we claimed it. */
export class ForeignChange extends RolloutError {
  override readonly name = 'ForeignChange';
}

/** CloudFormation could not apply the update and went back by itself. */
export class UpdateFailed extends RolloutError {
  override readonly name = 'UpdateFailed';
}

/** The SSM parameter's new value did not pass its validation as an image in time. */
export class ParameterNotValidated extends RolloutError {
  override readonly name = 'ParameterNotValidated';
}

/** A target refuses us at discovery, and the configuration wants a whole fleet or none. */
export class TargetUnreachable extends RolloutError {
  override readonly name = 'TargetUnreachable';
}

/** A drill has nothing that it may, or could, break: not the designated stack, or one that cannot be moved. */
export class DrillRefused extends RolloutError {
  override readonly name = 'DrillRefused';
}

/** CloudFormation is still making the change set that is to show what the update would do. */
export class PreviewNotReady extends RolloutError {
  override readonly name = 'PreviewNotReady';
}

/** The update would change more than the image and what follows from it, or nobody can tell. */
export class PreviewRefused extends RolloutError {
  override readonly name = 'PreviewRefused';
}

/** The image could not be made the family's current one everywhere. */
export class PromotionFailed extends RolloutError {
  override readonly name = 'PromotionFailed';
}

/** Another invocation changed the record in the meantime; reading it again settles it. */
export class RecordChanged extends RolloutError {
  override readonly name = 'RecordChanged';
}

/**
 * The stack has to be put back now, or once more. No trouble, but an error so that the machine needs no state to ask: a
 * stack that is done ends its execution with the record.
 */
export class RestoreDue extends RolloutError {
  override readonly name = 'RestoreDue';
}

/** The stack is being changed by an operation of somebody else. */
export class StackBusy extends RolloutError {
  override readonly name = 'StackBusy';
}
