import type { Configuration } from '../configuration.ts';
import type { CalendarState } from '../ports/calendars.ts';
import type { Ports } from '../ports/index.ts';
import { rememberCalendars } from '../store/ring-calendars.ts';
import { windowState } from './maintenance-window.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'calendars'>;

/** Why a ring may not claim stacks now, and until when that is known to be so. */
export interface Closed {
  readonly why: string;
  /** ISO 8601; null: nobody knows. */
  readonly until: string | null;
}

/** Why, and until when where that is known. */
export const closedText = ({ why, until }: Closed): string => `${why}${until === null ? '' : ` until ${until}`}`;

/** The change calendars that the ring respects: those of all rings, and its own. */
export const calendarsOf = ({ calendars, rings }: Pick<Configuration, 'calendars' | 'rings'>, ring: string) => [
  ...new Set([...calendars, ...(rings.find(({ name }) => name === ring)?.calendars ?? [])]),
];

/** Null where every change calendar of the ring is open, as `state` says, and one of its windows if it has any. */
export const judgeClosed = (
  { clock, configuration }: Pick<Ports, 'clock' | 'configuration'>,
  ring: string,
  names: readonly string[],
  state: CalendarState | null,
): Closed | null => {
  if (state !== null) {
    const { open, changesAt, trouble } = state;
    const which =
      names.length === 1 ? `change calendar ${names[0] ?? ''}` : `one of the change calendars ${names.join(', ')}`;
    if (trouble !== '') return { why: `${which} cannot be read (${trouble}): mend its name or make it`, until: null };
    if (!open) return { why: `${which} is closed`, until: changesAt };
  }
  const own = configuration().rings.find(({ name }) => name === ring);
  const window = windowState(own?.windows ?? [], clock.now());
  return window.open ? null : { why: `no window of ring ${ring} is open`, until: window.opensAt };
};

/**
 * Null where the ring may start: every change calendar is open, and one of its windows if it has any. Calendars are asked
 * now, and what they say is remembered for the claims of the ring.
 */
export const whyClosed = async (ports: Needs, campaignId: string, ring: string): Promise<Closed | null> => {
  const names = calendarsOf(ports.configuration(), ring);
  if (names.length === 0) return judgeClosed(ports, ring, names, null);
  const state = await ports.calendars.state(names);
  await rememberCalendars(ports, campaignId, ring, { ...state, names, askedAt: ports.clock.now().toISOString() });
  return judgeClosed(ports, ring, names, state);
};
