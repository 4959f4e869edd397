import type { Family } from '../configuration/family.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Verdict } from '../records/verdict.ts';
import { imageTags } from '../words.ts';
import { matchesFamily, noFamilyReason } from './image-build.ts';
import { judgeTags, type TagCheckContext } from './tag-check.ts';
import { reason } from './reason.ts';
import { verdict } from './verdict.ts';

/**
 * The tags of an own image by which gates of an earlier campaign have refused it. A campaign goes by its record of them and
 * judges anew; without the record, what reads like our writing on an image of ours is taken for it.
 */
const refusalsOfOurs = ({ owner, tags }: ImageFacts, hubAccount: string): Readonly<Record<string, string>> =>
  owner === hubAccount
    ? Object.fromEntries(
        [imageTags.scanStatus, imageTags.testResults].flatMap((key) =>
          tags[key] === 'failed' ? [[key, 'failed'] as const] : [],
        ),
      )
    : {};

/** What gate "Tag Check" would say of the image, without a campaign. `family`: null lets the image say so itself. */
export const lintImage = (
  image: ImageFacts,
  families: readonly Family[],
  family: string | null,
  { writesTags = false, ...context }: TagCheckContext & { readonly writesTags?: boolean },
): Verdict => {
  const found = family === null ? matchesFamily(image, families) : families.find(({ name }) => name === family);
  return found
    ? judgeTags(image, found, { ...context, recorded: writesTags ? refusalsOfOurs(image, context.hubAccount) : {} })
    : verdict('Tag Check', [reason('family-unknown', noFamilyReason(image, families))], { image }, context.now);
};
