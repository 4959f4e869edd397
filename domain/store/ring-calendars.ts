import type { CalendarState } from '../ports/calendars.ts';
import type { Ports } from '../ports/index.ts';
import { keys } from './keys.ts';

type Table = Pick<Ports, 'table'>;

/** What Change Calendar has said when a ring asked it last. */
export interface KnownCalendars extends CalendarState {
  readonly names: readonly string[];
  /** ISO 8601 */
  readonly askedAt: string;
}

/** Remembers it in the ring's record: thousands of claims must not ask one by one. */
export const rememberCalendars = async (
  { table }: Table,
  campaignId: string,
  ring: string,
  calendars: KnownCalendars,
): Promise<void> => {
  await table.update(keys.ring(campaignId, ring), { set: { calendars: { ...calendars } } });
};

export const knownCalendars = async (
  { table }: Table,
  campaignId: string,
  ring: string,
): Promise<KnownCalendars | undefined> =>
  (await table.get(keys.ring(campaignId, ring)))?.['calendars'] as KnownCalendars | undefined;
