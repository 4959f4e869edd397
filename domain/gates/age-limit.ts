import type { GatePolicy } from '../configuration/gate-policy.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Verdict } from '../records/verdict.ts';
import { reason, type Reason } from './reason.ts';
import { verdict } from './verdict.ts';

const millisecondsPerDay = 86_400_000;
const oneDecimal = (days: number): number => Math.round(days * 10) / 10;

/** What the judge knows beside the images. */
export interface AgeLimitContext {
  /** A deliberate step back, with its reason; null: none. It does not lift the limit in days. */
  readonly allowOlder: string | null;
  /** Deprecation dates of the build in its regions; the earliest counts. */
  readonly deprecations?: readonly Deprecation[];
  /** Promoted images that cannot be read any more: nobody knows whether they are younger. */
  readonly unreadable?: readonly string[];
  readonly now: Date;
}

/** When EC2 will call one regional image deprecated. */
export interface Deprecation {
  readonly region: string;
  readonly id: string;
  /** ISO 8601; null: never. */
  readonly at: string | null;
}

/** Copies have dates of their own. A date that cannot be read counts as past. */
const deprecationReasons = (dates: readonly Deprecation[], margin: number, now: Date): readonly Reason[] =>
  dates.flatMap(({ region, id, at }) => {
    if (at === null) return [];
    const days = (Date.parse(at) - now.getTime()) / millisecondsPerDay;
    if (days > 0 && days >= margin) return [];
    const when = days > 0 ? `in ${oneDecimal(days)} days (${at})` : `since ${at}`;
    const wanted = days > 0 ? `, ${margin} days wanted` : '';
    return [
      reason(
        'image-deprecation-near',
        `Image ${id} in ${region} is deprecated ${when}${wanted}: move the date with aws ec2 enable-image-deprecation, or choose a newer image.`,
      ),
    ];
  });

/**
 * Gate "Age Limit": the build is young enough and not older than the promoted one. `image` is the build's original in
 * its source region, and so is `promoted`: a copy is as young as its copying, whatever is in it.
 */
export const judgeAge = (
  image: ImageFacts,
  promoted: ImageFacts | null | undefined,
  { maxAgeDays, deprecationMarginDays }: Pick<GatePolicy, 'maxAgeDays' | 'deprecationMarginDays'>,
  { allowOlder, deprecations = [], unreadable = [], now }: AgeLimitContext,
): Verdict => {
  const created = Date.parse(image.createdAt);
  const ageDays = (now.getTime() - created) / millisecondsPerDay;
  const reasons: Reason[] = [];
  if (Number.isNaN(ageDays)) {
    reasons.push(
      reason(
        'image-date',
        `The creation date of image ${image.id} cannot be read (${image.createdAt}): choose another image.`,
      ),
    );
  } else if (ageDays < 0) {
    reasons.push(
      reason(
        'image-date',
        `Image ${image.id} was created in the future (${image.createdAt}): check the clocks and build again.`,
      ),
    );
  } else if (!(ageDays <= maxAgeDays)) {
    reasons.push(
      reason(
        'image-too-old',
        `Image ${image.id} is ${oneDecimal(ageDays)} days old, ${maxAgeDays} accepted: build a new one.`,
      ),
    );
  }
  // Asked this way round, so that a date that cannot be read counts as older.
  if (promoted && allowOlder === null && !(created >= Date.parse(promoted.createdAt))) {
    reasons.push(
      reason(
        'image-older',
        `Image ${image.id} (${image.createdAt}) is older than the promoted ${promoted.id} (${promoted.createdAt}): choose a newer one, or start again with allowOlder and a reason to go back on purpose.`,
      ),
    );
  }
  if (unreadable.length > 0 && allowOlder === null) {
    reasons.push(
      reason(
        'promoted-unreadable',
        `The promoted ${unreadable.join(', ')} cannot be read any more, so nobody knows whether image ${image.id} is older: start again with allowOlder and a reason.`,
      ),
    );
  }
  reasons.push(...deprecationReasons(deprecations, deprecationMarginDays, now));
  const evidence = {
    image: { id: image.id, region: image.region, createdAt: image.createdAt },
    promoted: promoted ? { id: promoted.id, region: promoted.region, createdAt: promoted.createdAt } : null,
    ageDays: Number.isNaN(ageDays) ? null : oneDecimal(ageDays),
    maxAgeDays,
    deprecations,
    deprecationMarginDays,
    unreadable,
    allowOlder,
  };
  return verdict('Age Limit', reasons, evidence, now);
};
