/** What an event was about, for the log. */
export interface EventSubject {
  /** Missing where nobody waited any more; the request token says it then. */
  readonly campaignId?: string;
  readonly stackId?: string;
  /** Of the operation that the event is about. */
  readonly requestToken?: string;
  /** What the event says of it. */
  readonly status?: string;
}

/** What an event handler gives: null where the event was about nothing of ours. */
export interface Handled {
  readonly subject: EventSubject | null;
  /** Why the event was not believed; left out where it was. */
  readonly refused?: string;
}

/** The event was about nothing of ours. */
export const nothing: Handled = { subject: null };

/** The event cannot be what it says it is. */
export const refused = (why: string): Handled => ({ subject: null, refused: why });
