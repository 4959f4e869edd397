import { RolloutError } from '../errors.ts';
import type { PlannedStack } from '../../contracts/shapes.ts';
import type { Ports } from '../ports/index.ts';
import { inspectionOf, replacementOf } from '../stack/eligibility.ts';
import { targetName } from '../target.ts';
import type { Replacement } from '../words.ts';
import type { InspectedStacks } from './inspected-stacks.ts';

/** Who asks waits for the answer: templates that are not read by then are left out of it. */
const mostSeconds = 18;

/** The stacks whose templates are asked for. */
export interface InspectRequest {
  readonly campaignId: string;
  readonly stacks: readonly Pick<PlannedStack, 'stackId' | 'account' | 'region' | 'parameter' | 'readBy'>[];
}

/**
 * Reads templates and says how an update of each stack replaces its instances. The API asks for it when somebody looks at a
 * plan: it has no right to read templates itself, and no parser of them. A template that cannot be read is left out.
 */
export const inspectStacks =
  ({ acting, clock, stacks: templates }: Pick<Ports, 'acting' | 'clock' | 'stacks'>) =>
  async ({ campaignId, stacks }: InspectRequest): Promise<InspectedStacks> => {
    const until = clock.now().getTime() + mostSeconds * 1000;
    const found: Record<string, Replacement> = {};
    const byTarget = Map.groupBy(stacks, targetName);
    const inTarget = async (own: InspectRequest['stacks']): Promise<void> => {
      for (const { stackId, parameter, readBy, account, region } of own) {
        if (clock.now().getTime() > until) return;
        try {
          const template = await templates.template({ account, region }, stackId);
          found[stackId] = replacementOf(inspectionOf(template, parameter, readBy), parameter);
        } catch (error) {
          if (!(error instanceof RolloutError)) throw error;
        }
      }
    };
    await acting(campaignId, () => Promise.all([...byTarget.values()].map(inTarget)));
    return { replacements: found };
  };
