/** Why an earlier state failed, as a Catch delivers it. */
export interface Failure {
  readonly Error: string;
  readonly Cause?: string | undefined;
}

const messageIn = (cause: string): string => {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // Not a Lambda error document: the cause is text already.
  }
  return cause;
};

/** The failure as one sentence: Lambda wraps its message in JSON, timeouts come without any. */
export const failureReason = ({ Error: error, Cause = '' }: Failure): string => {
  const message = messageIn(Cause).trim();
  if (error === 'States.Timeout') return message === '' ? 'it took longer than the time allowed' : message;
  return message === '' ? error : `${error}: ${message}`;
};
