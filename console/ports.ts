import type { Ports } from '../domain/ports/index.ts';

/** What the API needs of the world. */
export type ConsolePorts = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'surroundings'>;
