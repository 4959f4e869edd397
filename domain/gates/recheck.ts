import type { GatePolicy } from '../configuration/gate-policy.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Coverage, Finding } from '../ports/scans.ts';
import type { Verdict } from '../records/verdict.ts';
import { scanEvidence, scanReasons, type Waivers } from './scan-reasons.ts';
import type { SilentAlarm } from './silent-alarms.ts';
import { reason, type Reason } from './reason.ts';
import { verdict } from './verdict.ts';

/** The image in one region: as the campaign took it, and as it is now. */
export interface RecheckedImage {
  readonly region: string;
  readonly before: Pick<ImageFacts, 'id'> & Partial<ImageFacts>;
  /** Undefined where it does not exist any more, or cannot be seen. */
  readonly now: ImageFacts | null | undefined;
}

export interface Recheck {
  readonly images: readonly RecheckedImage[];
  /** False where the configuration lets Inspector Scan run before a later ring only: nothing can be lost yet. Default: true. */
  readonly scanDue?: boolean;
  readonly coverage: Coverage | null | undefined;
  readonly findings: readonly Finding[] | null | undefined;
  readonly policy: GatePolicy;
  /** Waivers run out while a campaign runs: they are judged again. Default: none. */
  readonly waivers?: Waivers;
  /** Alarms that went off since the ring started, by stack. */
  readonly alarms: readonly { readonly stack: string; readonly alarms: readonly string[] }[];
  /** Alarms that had too little data in the bake, by stack. Default: none. */
  readonly silent?: readonly { readonly stack: string; readonly alarms: readonly SilentAlarm[] }[];
  readonly now: Date;
}

/** Stacks named in the reasons; the rest is in the evidence. */
const most = 10;

const imageReason = ({ region, before, now }: RecheckedImage, at: Date): Reason | undefined => {
  const advice = 'what runs it is put back; start again with an image that stays';
  if (!now) return reason('image-gone', `Image ${before.id} is gone from ${region} or no longer visible: ${advice}.`);
  if (now.state !== 'available')
    return reason(
      'image-state',
      `Image ${before.id} in ${region} is ${now.state || 'in no known state'} now: ${advice}.`,
    );
  if (now.deprecatedAt !== null && Date.parse(now.deprecatedAt) <= at.getTime())
    return reason(
      'image-deprecated',
      `Image ${before.id} in ${region} is deprecated since ${now.deprecatedAt}: ${advice}.`,
    );
  const changed = (['id', 'owner', 'createdAt'] as const).filter(
    (fact) => before[fact] !== undefined && before[fact] !== now[fact],
  );
  return changed.length === 0
    ? undefined
    : reason(
        'image-gone',
        `Image ${before.id} in ${region} is not the same any more (${changed.join(', ')}): ${advice}.`,
      );
};

const alarmReasons = (alarms: Recheck['alarms']): readonly Reason[] => {
  const loud = alarms.filter((entry) => entry.alarms.length > 0);
  const named = loud
    .slice(0, most)
    .map((entry) =>
      reason(
        'alarm-red',
        `Alarm ${entry.alarms.join(', ')} of stack ${entry.stack} went off: find out why before the next try.`,
      ),
    );
  return loud.length > most
    ? [...named, reason('alarm-red', `Alarms of ${loud.length - most} more stacks went off.`)]
    : named;
};

const silentReasons = (silent: NonNullable<Recheck['silent']>): readonly Reason[] => {
  const named = silent.slice(0, most).map(({ stack, alarms }) => {
    const words = alarms.map(({ name, points, needed }) => `${name} (${points} of ${needed})`).join(', ');
    return reason(
      'alarm-silent',
      `Alarm ${words} of stack ${stack} had too few data points in the bake to say that all is well: see that its metric is sent, or change alarms.minDataPoints or alarms.missingData.`,
    );
  });
  return silent.length > most
    ? [...named, reason('alarm-silent', `Alarms of ${silent.length - most} more stacks had too few.`)]
    : named;
};

/** Task "Recheck Gates", after a ring's bake: the image still is what was judged, nothing new stands above the line, no alarm went off. */
export const judgeRecheck = ({
  images,
  scanDue = true,
  coverage,
  findings,
  policy,
  waivers = { waivers: [], family: null },
  alarms,
  silent = [],
  now,
}: Recheck): Verdict => {
  const nothing = reason(
    'image-gone',
    'The image was looked at in no region: no proof is no pass; look at the image set of the campaign.',
  );
  const reasons = [
    ...(images.length === 0 ? [nothing] : images.map((image) => imageReason(image, now))),
    ...(scanDue ? scanReasons(coverage, findings, policy, now, waivers) : []),
    ...alarmReasons(alarms),
    ...silentReasons(silent),
  ].filter((one) => one !== undefined);
  const evidence = {
    images: images.map((image) => ({ region: image.region, id: image.before.id, state: image.now?.state ?? null })),
    ...(scanDue ? scanEvidence(coverage, findings, policy, now, waivers) : { scan: 'not due before this ring' }),
    alarms,
    silent,
  };
  return verdict('Recheck Gates', reasons, evidence, now);
};
