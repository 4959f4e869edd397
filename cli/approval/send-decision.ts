import { UsageError } from '../usage-error.ts';
import { signRequest, type JsonPost } from './sign-request.ts';

/** What the approvals answer. */
export interface DecisionAnswer {
  readonly accepted: boolean;
  readonly message: string;
  readonly state?: string;
}

const timeoutMilliseconds = 30_000;

const isAnswer = (value: unknown): value is DecisionAnswer =>
  typeof value === 'object' && value !== null && 'accepted' in value && 'message' in value;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Who answers 403 without our words is the function URL itself: the request did not get through to the approvals. */
const foreignAnswer = (status: number, text: string, url: URL): DecisionAnswer => ({
  accepted: false,
  message:
    status === 403
      ? `AWS refused the request (403): the identity needs lambda:InvokeFunctionUrl on ami-rollout-decide-approval, ` +
        `and the URL must be of this region. AWS says: ${text.trim()}`
      : `${url.host} gave no answer of an approval (HTTP ${status}): ${text.trim().slice(0, 200)}`,
});

/** Sends a signed decision and gives the answer; never says accepted unless the approvals did. */
export const sendDecision = async (post: JsonPost): Promise<DecisionAnswer> => {
  const { host: _, ...headers } = await signRequest(post);
  let response: Response;
  try {
    response = await fetch(post.url, {
      method: 'POST',
      headers,
      body: post.body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch (cause) {
    const { message, cause: deeper } = cause as Error;
    const why = deeper instanceof Error && deeper.message !== '' ? deeper.message : message;
    throw new UsageError(
      `${post.url.host} could not be asked: ${why}\nIt is not known whether the decision arrived; sending it again is safe.`,
      { cause },
    );
  }
  const text = await response.text();
  const answer = parsed(text);
  return isAnswer(answer) && (response.ok || !answer.accepted)
    ? answer
    : foreignAnswer(response.status, text, post.url);
};
