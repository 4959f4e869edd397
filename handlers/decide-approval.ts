import { awsExecutions } from '../adapters/aws/executions.ts';
import { decide } from '../domain/ring/decide.ts';
import { approvalRequest } from './runtime/approval-request.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';
import { answer, type IamRequest } from './runtime/iam-request.ts';

const decideApproval = decide({ ...base, executions: awsExecutions(sessions) });

/** Behind a function URL that only signed IAM requests reach; the caller is who IAM says, whatever the body claims. */
export const handler = eventHandler('Decide Approval', async (event: IamRequest) => {
  const request = approvalRequest(event);
  if ('error' in request) return answer(request.status, { accepted: false, message: request.error });
  const decided = await decideApproval(request);
  return answer(decided.accepted ? 200 : 409, decided);
});
