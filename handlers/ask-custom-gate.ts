import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsGateMachines } from '../adapters/aws/gate-machines.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsInstances } from '../adapters/aws/instances.ts';
import { awsRunbooks } from '../adapters/aws/runbooks.ts';
import { askGate } from '../domain/gating/custom/ask-gate.ts';
import { base, sessions } from './runtime/connections.ts';
import { instanceSettings, runbookRoleArn } from './runtime/environment.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'Ask Custom Gate',
  askGate({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    gateMachines: awsGateMachines(sessions),
    images: awsImages(sessions),
    instances: awsInstances(sessions, instanceSettings),
    runbooks: awsRunbooks(sessions, runbookRoleArn),
  }),
);
