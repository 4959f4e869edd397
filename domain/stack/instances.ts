import type { GroupFacts } from '../ports/groups.ts';
import type { ImageCounts } from '../records/stack-record.ts';

/** InService instances of all the groups by image id. */
export const countImages = (groups: readonly GroupFacts[]): ImageCounts => {
  const counts: Record<string, number> = {};
  for (const group of groups) {
    for (const [image, count] of Object.entries(group.inService)) counts[image] = (counts[image] ?? 0) + count;
  }
  return counts;
};

/** Every instance that is InService runs the image, and as many are InService as the groups want. */
export const allOn = (groups: readonly GroupFacts[], image: string): boolean =>
  groups.every((group) => {
    const onImage = group.inService[image] ?? 0;
    const others = Object.entries(group.inService).some(([other, count]) => other !== image && count > 0);
    return !others && onImage >= group.desired;
  });

/** `3 × ami-1, 1 × ami-2`, or `none`. */
export const describeCounts = (counts: ImageCounts): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([image, count]) => `${count} × ${image}`)
    .join(', ') || 'none';

/** Of the stack's groups, the ones whose instances come from the image parameter; the claim has recorded which. */
export const reachedGroups = (groups: readonly GroupFacts[], reached: readonly string[]): readonly GroupFacts[] =>
  reached.length === 0 ? groups : groups.filter(({ logicalId }) => reached.includes(logicalId));
