import type { Waiver } from '../configuration/waiver.ts';
import type { Finding } from '../ports/scans.ts';
import { reason, type Reason } from './reason.ts';

/** Findings by what the configuration's waivers say of them. */
export interface Waived {
  /** What is judged: no waiver holds for it. */
  readonly standing: readonly Finding[];
  readonly waived: readonly { readonly id: string; readonly waiver: Waiver }[];
  /** Waivers that a finding of the image would need and that hold no more. */
  readonly expired: readonly Waiver[];
}

const millisecondsPerDay = 86_400_000;

/** A waiver holds to the end of its day; one without a date that can be read never does. */
const holds = ({ expires }: Waiver, now: Date): boolean => now.getTime() < Date.parse(expires) + millisecondsPerDay;

/** Sorts the findings of a family's image by the waivers. Of several waivers for one finding any that holds is enough. */
export const applyWaivers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  family: string | null,
  now: Date,
): Waived => {
  const meant = waivers.filter(({ families }) => families === null || (family !== null && families.includes(family)));
  const standing: Finding[] = [];
  const waived = new Map<string, Waiver>();
  const expired = new Set<Waiver>();
  for (const finding of findings) {
    const own = meant.filter(({ cve }) => cve === finding.id);
    const good = own.find((waiver) => holds(waiver, now));
    if (good) {
      waived.set(finding.id, good);
      continue;
    }
    standing.push(finding);
    for (const waiver of own) expired.add(waiver);
  }
  return { standing, waived: [...waived].map(([id, waiver]) => ({ id, waiver })), expired: [...expired] };
};

/** Why an expired waiver fails the gate: somebody answered for the finding, and does so no more. */
export const expiredReason = ({ cve, owner, reason: why, expires }: Waiver): Reason =>
  reason(
    'waiver-expired',
    `The waiver of ${cve} by ${owner} (${why}) expired on ${expires}: rebuild without the finding, or have ${owner} renew it.`,
  );
