import type { Configuration } from '../domain/configuration.ts';

/** Whether any gate launches instances: without one nothing of what they need is made. */
export const needsInstances = ({ gates }: Pick<Configuration, 'gates'>): boolean =>
  gates.scanProviders.includes('instance');
