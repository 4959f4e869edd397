import type { Category } from '../configuration/category.ts';
import type { SkippableGate } from '../configuration/gate-names.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict } from '../records/verdict.ts';

/** The verdict of a gate that images of the category skip; null: it has to judge. What was skipped is said, never hidden. */
export const skippedVerdict = (
  { clock, configuration }: Pick<Ports, 'clock' | 'configuration'>,
  gate: SkippableGate,
  category: Category,
): Verdict | null => {
  const { skip } = configuration().gates.policies[category];
  if (!skip.includes(gate)) return null;
  return {
    gate,
    passed: true,
    skipped: true,
    reasons: [`Skipped: images of category ${category} skip ${gate} (gates.policies.${category}.skip).`],
    codes: [],
    evidence: { category, skip },
    at: clock.now().toISOString(),
  };
};
