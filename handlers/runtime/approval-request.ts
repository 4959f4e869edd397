import * as z from 'zod/mini';
import type { ApprovalRequest } from '../../domain/ring/decide.ts';
import type { IamRequest } from './iam-request.ts';
import { signedBody } from './signed-body.ts';

const body = z.strictObject({
  campaignId: z.string().check(z.minLength(1), z.maxLength(80)),
  ring: z.string().check(z.minLength(1), z.maxLength(40)),
  decision: z.enum(['approve', 'reject']),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)),
  planHash: z.optional(z.string()),
});

/** The decision in a request, with the identity that IAM has authenticated; or what is wrong with it. */
export const approvalRequest = (
  event: IamRequest,
): ApprovalRequest | { readonly error: string; readonly status: number } => {
  const request = signedBody(event, body);
  if ('error' in request) return request;
  const { campaignId, ring, decision, reason, planHash } = request.said;
  return { campaignId, ring, decision, reason, planHash: planHash ?? null, identity: request.identity };
};
