import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { previewRollback, rollback } from '../domain/restore/rollback.ts';
import { personOf } from '../domain/access/caller.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';
import { answer, type IamRequest } from './runtime/iam-request.ts';
import { rollbackRequest } from './runtime/rollback-request.ts';

const preview = previewRollback(base);
const start = rollback({ ...base, executions: awsExecutions(sessions), functions: awsFunctions(sessions) });

/** Behind a function URL that only signed IAM requests reach; the caller is who IAM says, whatever the body claims. */
export const handler = eventHandler('Rollback Campaign', async (event: IamRequest) => {
  const request = rollbackRequest(event);
  const refuse = (status: number, message: string) => answer(status, { accepted: false, message, campaigns: [] });
  if ('error' in request) return refuse(request.status, request.error);
  const { action, identity, selection, reason } = request;
  const person = personOf({ kind: 'iam', arn: identity }, base.configuration().people);
  if (person === null)
    return refuse(403, `${identity} belongs to nobody in the configuration: add it under people.*.iam`);
  const result = action === 'start' ? await start({ selection, person, identity, reason }) : await preview(selection);
  return answer(result.accepted ? 200 : 409, result);
});
