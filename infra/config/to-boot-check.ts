import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { BootCheck } from '../../domain/configuration/custom-gate.ts';
import type { customGate } from './custom-gate-schema.ts';

type Given = NonNullable<z.output<typeof customGate>['boot']>;

/** These end commands after an hour by themselves; the gate's time is what its author has thought about. */
const withTimeout: readonly string[] = ['AWS-RunShellScript', 'AWS-RunPowerShellScript'];

const kebab = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);

/**
 * A gate's boot check. The runbook's name has the hash of all that is in it: another check is another runbook, and a run
 * of the former one is not changed under way.
 */
export const toBootCheck = (name: string, { commands, ...given }: Given, timeoutSeconds: number): BootCheck => {
  const parameters = {
    ...(withTimeout.includes(given.document) && { executionTimeout: [String(timeoutSeconds)] }),
    ...(commands.length > 0 && { commands }),
    ...given.parameters,
  };
  const check = { ...given, parameters };
  const hash = createHash('sha256')
    .update(JSON.stringify([name, check, timeoutSeconds]))
    .digest('hex')
    .slice(0, 8);
  return { kind: 'boot', ...check, runbook: ['ami-rollout-boot', kebab(name), hash].filter(Boolean).join('-') };
};
