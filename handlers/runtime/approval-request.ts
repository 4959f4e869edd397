import * as z from 'zod/mini';
import type { ApprovalRequest } from '../../domain/ring/decide.ts';
import type { IamRequest } from './iam-request.ts';

const body = z.strictObject({
  campaignId: z.string().check(z.minLength(1), z.maxLength(80)),
  ring: z.string().check(z.minLength(1), z.maxLength(40)),
  decision: z.enum(['approve', 'reject']),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)),
  planHash: z.optional(z.string()),
});

const json = ({ body: text = '', isBase64Encoded }: IamRequest): unknown => {
  try {
    return JSON.parse(isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text);
  } catch {
    return undefined;
  }
};

/** The decision in a request, with the identity that IAM has authenticated; or what is wrong with it. */
export const approvalRequest = (
  event: IamRequest,
): ApprovalRequest | { readonly error: string; readonly status: number } => {
  const identity = event.requestContext?.authorizer?.iam?.userArn;
  if (identity === undefined || identity === '')
    return { error: 'the request is not signed by an IAM identity', status: 403 };
  const parsed = body.safeParse(json(event));
  if (!parsed.success) {
    const fields = parsed.error.issues.map(
      ({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`,
    );
    return { error: fields.join('; '), status: 400 };
  }
  const { campaignId, ring, decision, reason, planHash } = parsed.data;
  return { campaignId, ring, decision, reason, planHash: planHash ?? null, identity };
};
