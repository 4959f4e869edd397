import type { Family } from '../configuration.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Verdict } from '../records.ts';
import { matchesFamily, noFamilyReason } from './image-build.ts';
import { judgeTags, type TagCheckContext } from './tag-check.ts';
import { reason } from './reason.ts';
import { verdict } from './verdict.ts';

/** What gate "Tag Check" would say of the image, without a campaign. `family`: null lets the image say so itself. */
export const lintImage = (
  image: ImageFacts,
  families: readonly Family[],
  family: string | null,
  context: TagCheckContext,
): Verdict => {
  const found = family === null ? matchesFamily(image, families) : families.find(({ name }) => name === family);
  return found
    ? judgeTags(image, found, context)
    : verdict('Tag Check', [reason('family-unknown', noFamilyReason(image, families))], { image }, context.now);
};
