import { rollbackRequest as contract } from '../../contracts/http/rollback.ts';
import type { RollbackSelection } from '../../domain/restore/select-campaigns.ts';
import type { IamRequest } from './iam-request.ts';
import { signedBody } from './signed-body.ts';

/** A request about a rollback, by somebody whom IAM has authenticated. */
export interface RollbackCall {
  readonly identity: string;
  readonly action: 'preview' | 'start' | 'status';
  readonly selection: RollbackSelection;
  readonly reason: string;
}

/** What a request asks for; or what is wrong with it. */
export const rollbackRequest = (
  event: IamRequest,
): RollbackCall | { readonly error: string; readonly status: number } => {
  const request = signedBody(event, contract);
  if ('error' in request) return request;
  const { action, campaignId, imageId = '', reason = '' } = request.said;
  return {
    identity: request.identity,
    action,
    selection: campaignId === undefined ? { imageId } : { campaignId },
    reason,
  };
};
