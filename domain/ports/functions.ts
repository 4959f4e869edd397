/** Lambda functions that handlers call. */
export interface Functions {
  /** Queues an invocation and returns; a failure is retried by Lambda and ends in the dead-letter queue. */
  queue(functionName: string, payload: unknown): Promise<void>;
  /** Calls and waits for the answer; throws on an error of the function or after the timeout. */
  call(functionArn: string, payload: unknown, timeoutSeconds: number): Promise<unknown>;
}
