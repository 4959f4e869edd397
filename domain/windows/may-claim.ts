import type { Ports } from '../ports/index.ts';
import { knownCalendars, type KnownCalendars } from '../store/ring-calendars.ts';
import { calendarsOf, judgeClosed, whyClosed, type Closed } from './may-start.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'calendars'>;

/** How long an answer counts that does not say until when it stands, as of a calendar without events ahead. */
const unknownMinutes = 60;

/** Until when the answer stands, ISO 8601. */
const standsUntil = ({ changesAt, askedAt }: KnownCalendars): string =>
  changesAt !== null && changesAt > askedAt
    ? changesAt
    : new Date(Date.parse(askedAt) + unknownMinutes * 60_000).toISOString();

/**
 * Null where a ring that has begun may claim stacks now. Windows are computed; of calendars counts what is remembered, and
 * only after its time are they asked again, by the first claim that comes then.
 */
export const whyNoClaims = async (ports: Needs, campaignId: string, ring: string): Promise<Closed | null> => {
  const names = calendarsOf(ports.configuration(), ring);
  if (names.length === 0) return judgeClosed(ports, ring, names, null);
  const known = await knownCalendars(ports, campaignId, ring);
  const stands =
    known?.names.join() === names.join() && ports.clock.now().toISOString() < standsUntil(known) ? known : undefined;
  return stands ? judgeClosed(ports, ring, names, stands) : whyClosed(ports, campaignId, ring);
};
