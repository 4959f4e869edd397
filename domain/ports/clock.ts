/** The only source of time for the domain. */
export interface Clock {
  now(): Date;
  /** Waits inside a task; only for the seconds an asynchronous validation takes, never for state. */
  sleep(milliseconds: number): Promise<void>;
}
