import type { Ports } from '../ports/index.ts';
import { windowState } from './maintenance-window.ts';

type Needs = Pick<Ports, 'clock' | 'configuration' | 'calendars'>;

/** Why a ring may not start now, and until when that is known to be so. */
export interface Closed {
  readonly why: string;
  /** ISO 8601; null: nobody knows. */
  readonly until: string | null;
}

/** Null where the ring may start: every change calendar is open, and one of its windows if it has any. */
export const whyClosed = async (ports: Needs, ring: string): Promise<Closed | null> => {
  const { calendars, rings } = ports.configuration();
  const own = rings.find(({ name }) => name === ring);
  const names = [...new Set([...calendars, ...(own?.calendars ?? [])])];
  if (names.length > 0) {
    const { open, changesAt, trouble } = await ports.calendars.state(names);
    const which =
      names.length === 1 ? `change calendar ${names[0] ?? ''}` : `one of the change calendars ${names.join(', ')}`;
    if (trouble !== '') return { why: `${which} cannot be read (${trouble}): mend its name or make it`, until: null };
    if (!open) return { why: `${which} is closed`, until: changesAt };
  }
  const window = windowState(own?.windows ?? [], ports.clock.now());
  return window.open ? null : { why: `no window of ring ${ring} is open`, until: window.opensAt };
};
