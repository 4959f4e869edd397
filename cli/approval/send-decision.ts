import { foreignAnswer, postSigned } from '../signed/post-signed.ts';
import type { JsonPost } from '../signed/sign-request.ts';

/** What the approvals answer. */
export interface DecisionAnswer {
  readonly accepted: boolean;
  readonly message: string;
  readonly state?: string;
}

const timeoutSeconds = 30;

const isAnswer = (value: unknown): value is DecisionAnswer =>
  typeof value === 'object' && value !== null && 'accepted' in value && 'message' in value;

/** Sends a signed decision and gives the answer; never says accepted unless the approvals did. */
export const sendDecision = async (post: JsonPost): Promise<DecisionAnswer> => {
  const answer = await postSigned(post, timeoutSeconds);
  if (isAnswer(answer.json) && (answer.ok || !answer.json.accepted)) return answer.json;
  const of = { functionName: 'ami-rollout-decide-approval', what: 'an approval' };
  return { accepted: false, message: foreignAnswer(answer, post.url, of) };
};
