import type { Replacement } from '../words.ts';
import { branches, isMapping, type Mapping } from './intrinsic.ts';
import { isTrue } from './scalar.ts';

/** What a group's `UpdatePolicy` asks for: one answer for each branch of its conditions. */
export const replacementsAsked = (updatePolicy: unknown): Replacement[] => [
  ...new Set(branches(updatePolicy).flatMap((policy) => (isMapping(policy) ? fromPolicy(policy) : ['none' as const]))),
];

/** CloudFormation refuses a group that has both policies, whatever else changes. */
export const hasContradiction = (updatePolicy: unknown): boolean =>
  branches(updatePolicy).some(
    (policy) => isMapping(policy) && isMapping(policy.AutoScalingRollingUpdate) && hasRefresh(policy),
  );

const hasRefresh = (policy: Mapping): boolean => isMapping(policy.AutoScalingInstanceRefresh);

const fromPolicy = (policy: Mapping): Replacement[] => {
  const replacing = branches(policy.AutoScalingReplacingUpdate).map(
    (update) => isMapping(update) && branches(update.WillReplace).every(isTrue),
  );
  // With WillReplace the replacing update goes before a rolling one.
  if (replacing.every(Boolean)) return ['replacing'];
  const rest: Replacement[] = branches(policy.AutoScalingInstanceRefresh).flatMap((refresh): Replacement[] =>
    isMapping(refresh)
      ? ['instanceRefresh']
      : branches(policy.AutoScalingRollingUpdate).map((rolling) => (isMapping(rolling) ? 'rolling' : 'none')),
  );
  return replacing.some(Boolean) ? ['replacing', ...rest] : rest;
};
