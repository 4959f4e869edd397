import type { Category } from '../configuration/category.ts';
import type { Family, TagRule } from '../configuration/family.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Revocation } from '../records/image-record.ts';
import type { Verdict } from '../records/verdict.ts';
import { imageTags, promotedTag, revokedTag } from '../words.ts';
import { revocationText } from './revocation-text.ts';
import { attributeReasons } from './image-attributes.ts';
import { flawReasons } from './image-flaws.ts';
import { tagLimitReasons } from './tag-limits.ts';
import { tagRuleReasons } from './tag-rule.ts';
import { reason, type Reason } from './reason.ts';
import { verdict } from './verdict.ts';

/** What the judge knows beside image and family. */
export interface TagCheckContext {
  /** The account that owner `self` means. */
  readonly hubAccount: string;
  readonly now: Date;
  /** The family's promoted image, of whichever region; null: there is none yet, or nobody can ask. */
  readonly promoted?: ImageFacts | null | undefined;
  /**
   * What gates have recorded of this image, by tag key. Such a tag is our own writing: it neither helps nor harms, the
   * gates judge anew.
   */
  readonly recorded?: Readonly<Record<string, string>>;
  /** Whether the build is revoked, as it is on record; missing: nobody can ask, and its tag says so. */
  readonly revoked?: Revocation | null;
  /** Why a revoked image is wanted all the same; null: it is not. */
  readonly allowRevoked?: string | null;
}

const categories: readonly Category[] = ['base', 'application', 'hotfix'];

/** Rules for the tags that the product itself reads. Both may be missing; neither may be wrong. */
const ownRules = (family: Family): readonly TagRule[] => [
  { key: imageTags.family, required: false, type: 'text', values: [family.name], pattern: null },
  { key: imageTags.category, required: false, type: 'text', values: categories, pattern: null },
];

const revokedReason = (
  { id, tags }: ImageFacts,
  { revoked, allowRevoked = null }: Pick<TagCheckContext, 'revoked' | 'allowRevoked'>,
): Reason | undefined => {
  if (allowRevoked !== null) return undefined;
  const tag = tags[revokedTag];
  const what = revoked
    ? revocationText(revoked)
    : revoked === undefined && tag !== undefined
      ? `revoked: ${tag}`
      : null;
  return what === null
    ? undefined
    : reason(
        'image-revoked',
        `Image ${id} was ${what.replace(/\.$/, '')}. Choose another image, or start with allowRevoked and a reason.`,
      );
};

/** Tags that a campaign writes on its image. */
const writtenTags = [promotedTag, imageTags.family, imageTags.scanStatus, imageTags.testResults];

/** Gate "Tag Check": state, owner, deprecation, tags and attributes of the image against its family's rules. */
export const judgeTags = (
  image: ImageFacts,
  family: Family,
  { hubAccount, now, promoted = null, recorded = {}, ...revocation }: TagCheckContext,
): Verdict => {
  const keys = family.tags.map(({ key }) => key);
  const rules = [...family.tags, ...ownRules(family).filter(({ key }) => !keys.includes(key))];
  const allKeys = rules.map(({ key }) => key);
  const reasons = [
    revokedReason(image, revocation),
    ...flawReasons(image, family, hubAccount, now),
    ...rules
      .filter(({ key }) => !Object.hasOwn(recorded, key))
      .flatMap((rule) => tagRuleReasons(rule, image.tags, allKeys)),
    ...tagLimitReasons(image.tags, image.owner === hubAccount ? writtenTags : []),
    ...(promoted ? attributeReasons(image, promoted) : []),
  ].filter((one) => one !== undefined);
  const evidence = {
    image: imageEvidence(image),
    promoted: promoted ? imageEvidence(promoted) : null,
    family: family.name,
    rules,
    recorded,
    ...revocation,
  };
  return verdict('Tag Check', reasons, evidence, now);
};

const imageEvidence = ({
  source: _source,
  createdAt: _createdAt,
  ...shown
}: ImageFacts): Omit<ImageFacts, 'source' | 'createdAt'> => shown;
