/**
 * The error names of Step Functions itself that a Catch may use.
 *
 * `States.Runtime` and `States.DataLimitExceeded` are left out on purpose: they escape `States.ALL`, and a machine that
 * names them would look safer than it is. The rule on failed executions is what answers them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export type StatesError =
  | 'States.ALL'
  | 'States.BranchFailed'
  | 'States.ExceedToleratedFailureThreshold'
  | 'States.HeartbeatTimeout'
  | 'States.IntrinsicFailure'
  | 'States.ItemReaderFailed'
  | 'States.NoChoiceMatched'
  | 'States.ParameterPathFailure'
  | 'States.Permissions'
  | 'States.ResultPathMatchFailure'
  | 'States.ResultWriterFailed'
  | 'States.TaskFailed'
  | 'States.Timeout';

/** What a Catch writes into its field. `Cause` is free text: Lambda puts a JSON document there, others a sentence. */
export interface CaughtError {
  readonly Error: string;
  readonly Cause: string;
}
