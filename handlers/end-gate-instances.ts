import { awsInstances } from '../adapters/aws/instances.ts';
import { endInstances } from '../domain/gating/instances/end-instances.ts';
import { base, sessions } from './runtime/connections.ts';
import { instanceSettings } from './runtime/environment.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler(
  'End Gate Instances',
  endInstances({ ...base, instances: awsInstances(sessions, instanceSettings) }),
);
