import type { Configuration } from '../domain/configuration.ts';
import type { BootCheck, CustomGate } from '../domain/configuration/custom-gate.ts';

/** The custom gates that boot the image. */
export const bootChecks = ({
  gates,
}: Pick<Configuration, 'gates'>): readonly (BootCheck & Pick<CustomGate, 'name' | 'timeoutSeconds'>)[] =>
  gates.custom.flatMap(({ name, timeoutSeconds, asks }) =>
    asks.kind === 'boot' ? { ...asks, name, timeoutSeconds } : [],
  );

/** Whether any gate launches instances: without one nothing of what they need is made. */
export const needsInstances = ({ gates }: Pick<Configuration, 'gates'>): boolean =>
  gates.scanProviders.includes('instance') || bootChecks({ gates }).length > 0;
