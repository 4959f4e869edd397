import type { Ports } from '../ports/index.ts';
import { allowsStandalone, inspectionOf, replacementOf } from '../stack/eligibility.ts';
import type { Target } from '../target.ts';
import type { FleetInventory, InventoriedStack } from './fleet-inventory.ts';
import type { LeftOut } from './inventory.ts';

/** What the templates of a target's stacks have told. */
export type TemplatesRead = Pick<FleetInventory, 'stacks' | 'leftOut' | 'gaps'>;

/** Reads the templates of a target's stacks. */
export type ReadTemplates = typeof readTemplates;

/**
 * The stacks with what their templates say; those that a claim would refuse for their template are left out. It is handed to an
 * inventory, so that who reads no template carries no parser of templates.
 */
export const readTemplates = async (
  ports: Pick<Ports, 'stacks'>,
  target: Target,
  stacks: readonly InventoriedStack[],
): Promise<TemplatesRead> => {
  const kept: InventoriedStack[] = [];
  const leftOut: LeftOut[] = [];
  const gaps: TemplatesRead['gaps'][number][] = [];
  // One after the other: GetTemplate is rarely allowed more than a few times a second.
  for (const stack of stacks) {
    const { stackId, stackName, account, region, environment, parameter } = stack;
    try {
      const inspection = inspectionOf(
        await ports.stacks.template(target, stackId),
        parameter,
        stack.readBy,
        allowsStandalone(stack.tags),
      );
      if (inspection.eligible) kept.push({ ...stack, replacement: replacementOf(inspection, parameter) });
      else leftOut.push({ stackId, stackName, account, region, environment, reason: inspection.reasons.join(' ') });
    } catch (error) {
      kept.push(stack);
      gaps.push({ ...target, what: `template of ${stackName}`, reason: (error as Error).message });
    }
  }
  return { stacks: kept, leftOut, gaps };
};
