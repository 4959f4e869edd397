import type { Ports } from '../domain/ports/index.ts';

/** What the API needs of the world. */
export type ConsolePorts = Pick<
  Ports,
  | 'clock'
  | 'configuration'
  | 'executions'
  | 'forwarding'
  | 'functions'
  | 'groups'
  | 'images'
  | 'notifications'
  | 'organization'
  | 'parameters'
  | 'planStore'
  | 'stacks'
  | 'surroundings'
  | 'table'
>;
