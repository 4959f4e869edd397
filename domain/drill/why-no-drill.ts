import type { DrillSettings } from '../configuration/drill-settings.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Target } from '../target.ts';
import { stackTags } from '../words.ts';

/** Why a name cannot be drilled: nobody has designated such a stack. */
export const notDesignated = (name: string, { stacks }: Pick<DrillSettings, 'stacks'>): string =>
  stacks.length === 0
    ? `stack ${name} is not designated for drills, and no stack is: name one of staging in drill.stacks of the configuration`
    : `stack ${name} is not designated for drills; drill.stacks of the configuration names ${stacks.map((one) => one.name).join(', ')}`;

/**
 * Why the stack must not be drilled; null where it may. Asked at the opening, at discovery and once more by the claim,
 * since tags and configuration may have changed in between: a drill breaks on purpose, so it touches nothing in doubt.
 */
export const whyNoDrill = (
  stack: Pick<StackFacts, 'name' | 'tags'>,
  { account, region }: Target,
  drill: DrillSettings,
): string | null => {
  const entry = drill.stacks.find((one) => one.name === stack.name && one.account === account && one.region === region);
  if (entry === undefined) return notDesignated(`${stack.name} in ${account}/${region}`, drill);
  const family = stack.tags[stackTags.family] ?? '';
  if (family !== entry.family)
    return `stack ${stack.name} is of family "${family}" by its tag ${stackTags.family}, drill.stacks has ${entry.family}`;
  const environment = stack.tags[stackTags.environment] ?? '';
  return drill.environments.includes(environment)
    ? null
    : `stack ${stack.name} is of environment "${environment}" by its tag ${stackTags.environment}: drills take place in ${drill.environments.join(', ')} only (drill.environments)`;
};
