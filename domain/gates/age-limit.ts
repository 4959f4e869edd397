import type { GatePolicy } from '../configuration.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Verdict } from '../records.ts';
import { verdict } from './verdict.ts';

const millisecondsPerDay = 86_400_000;
const oneDecimal = (days: number): number => Math.round(days * 10) / 10;

/** Whether an image may be older than the promoted one, and the time of the judgement. */
export interface AgeLimitContext {
  /** A deliberate step back. It does not lift the limit in days. */
  readonly allowOlder: boolean;
  readonly now: Date;
}

/**
 * Gate "Age Limit": the build is young enough and not older than the promoted one. `image` is the build's original in
 * its source region, and so is `promoted`: a copy is as young as its copying, whatever is in it.
 */
export const judgeAge = (
  image: ImageFacts,
  promoted: ImageFacts | null | undefined,
  { maxAgeDays }: GatePolicy,
  { allowOlder, now }: AgeLimitContext,
): Verdict => {
  const created = Date.parse(image.createdAt);
  const ageDays = (now.getTime() - created) / millisecondsPerDay;
  const reasons: string[] = [];
  if (Number.isNaN(ageDays)) {
    reasons.push(`The creation date of image ${image.id} cannot be read (${image.createdAt}): choose another image.`);
  } else if (ageDays < 0) {
    reasons.push(`Image ${image.id} was created in the future (${image.createdAt}): check the clocks and build again.`);
  } else if (!(ageDays <= maxAgeDays)) {
    reasons.push(`Image ${image.id} is ${oneDecimal(ageDays)} days old, ${maxAgeDays} accepted: build a new one.`);
  }
  // Asked this way round, so that a date that cannot be read counts as older.
  if (promoted && !allowOlder && !(created >= Date.parse(promoted.createdAt))) {
    reasons.push(
      `Image ${image.id} (${image.createdAt}) is older than the promoted ${promoted.id} (${promoted.createdAt}): choose a newer one, or start again with allowOlder to go back on purpose.`,
    );
  }
  const evidence = {
    image: { id: image.id, region: image.region, createdAt: image.createdAt },
    promoted: promoted ? { id: promoted.id, region: promoted.region, createdAt: promoted.createdAt } : null,
    ageDays: Number.isNaN(ageDays) ? null : oneDecimal(ageDays),
    maxAgeDays,
    allowOlder,
  };
  return verdict('Age Limit', reasons, evidence, now);
};
