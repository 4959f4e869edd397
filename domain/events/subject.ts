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
}
