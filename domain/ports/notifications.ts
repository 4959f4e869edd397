export interface Notification {
  readonly subject: string;
  readonly text: string;
  /** The same facts for machines. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Notifications {
  publish(notification: Notification): Promise<void>;
}
