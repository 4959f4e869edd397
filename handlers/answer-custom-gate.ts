import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { answerGate } from '../domain/gating/custom/answer-gate.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Answer Custom Gate',
  answerGate({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
  }),
);
