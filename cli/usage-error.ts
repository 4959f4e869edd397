/** What the user gave cannot be used; the message says what is wrong and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
