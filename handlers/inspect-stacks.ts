import { awsStacks } from '../adapters/aws/stacks.ts';
import { inspectStacks } from '../domain/operating/inspect-stacks.ts';
import { base, sessions } from './runtime/connections.ts';
import { eventHandler } from './runtime/event-handler.ts';

export const handler = eventHandler('Inspect Stacks', inspectStacks({ ...base, stacks: awsStacks(sessions) }));
