/** What SSM Change Calendar says of some calendars together. */
export interface CalendarState {
  /** All of them are open. */
  readonly open: boolean;
  /** ISO 8601; when that changes, where Change Calendar knows it. */
  readonly changesAt: string | null;
  /** Why they could not be read: then they count as closed. */
  readonly trouble: string;
}

/** SSM Change Calendar in the hub's account and region. */
export interface Calendars {
  /** Names or ARNs (of shared ones); at least one. */
  state(names: readonly string[]): Promise<CalendarState>;
}
