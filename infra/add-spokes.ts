import type { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { product } from './names.ts';
import { spokes } from './spokes.ts';
import { SpokeStack } from './spoke-stack.ts';

/**
 * The spoke stack of every target that a configuration lists, `ami-rollout-spoke-<account>-<region>`, each to be deployed
 * with credentials of its own account. Targets of an organisation have the plain template as a StackSet instead.
 */
export const addSpokes = (
  scope: Construct,
  configuration: Pick<Configuration, 'hub' | 'targets'>,
): readonly SpokeStack[] =>
  spokes(configuration).map(
    ({ account, region, roleRegion }) =>
      new SpokeStack(scope, `${product}-spoke-${account}-${region}`, {
        env: { account, region },
        configuration,
        roleRegion,
      }),
  );
