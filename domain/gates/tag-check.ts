import type { Category, Family, TagRule } from '../configuration.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Revocation, Verdict } from '../records.ts';
import { imageTags, promotedTag, revokedTag } from '../words.ts';
import { revocationText } from './revocation-text.ts';
import { attributeReasons } from './image-attributes.ts';
import { tagLimitReasons } from './tag-limits.ts';
import { tagRuleReasons } from './tag-rule.ts';
import { reason, type Reason } from './reason.ts';
import { verdict } from './verdict.ts';

/** What the judge knows beside image and family. */
export interface TagCheckContext {
  /** The account that owner `self` means. */
  readonly hubAccount: string;
  readonly now: Date;
  /** The family's promoted image in the image's region; null: there is none yet, or nobody can ask. */
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

const stateReason = ({ id, region, state }: ImageFacts): Reason | undefined => {
  if (state === 'available') return undefined;
  const mend = state === 'pending' ? 'start again once it is available' : 'choose an image that is available';
  return reason('image-state', `Image ${id} in ${region} is ${state || 'in no known state'}: ${mend}.`);
};

const ownerReason = ({ id, owner }: ImageFacts, family: Family, hubAccount: string): Reason | undefined => {
  const owners = family.owners.map((name) => (name === 'self' ? hubAccount : name));
  if (owners.includes(owner)) return undefined;
  return reason(
    'image-owner',
    `Image ${id} belongs to account ${owner}: images of ${family.name} must come from ${owners.join(' or ')}; build it there or add the account to the family's owners.`,
  );
};

const deprecationReason = ({ id, deprecatedAt }: ImageFacts, now: Date): Reason | undefined => {
  // A date that cannot be read compares as false: it counts as past.
  if (deprecatedAt === null || Date.parse(deprecatedAt) > now.getTime()) return undefined;
  return reason(
    'image-deprecated',
    `Image ${id} is deprecated since ${deprecatedAt}: choose a newer image or extend its deprecation date.`,
  );
};

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
    stateReason(image),
    ownerReason(image, family, hubAccount),
    deprecationReason(image, now),
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
