/** A CloudWatch alarm and how its state changed. */
export interface SimAlarm {
  readonly name: string;
  readonly arn: string;
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  reason: string;
  /** Its metric gets no data. */
  silent?: boolean;
  changedAt: number;
  readonly history: { readonly at: number; readonly from: SimAlarm['state']; readonly to: SimAlarm['state'] }[];
}

/** Moves an alarm to another state and remembers it. */
export const setAlarmState = (alarm: SimAlarm, state: SimAlarm['state'], reason: string, now: number): void => {
  if (alarm.state === state) return;
  alarm.history.push({ at: now, from: alarm.state, to: state });
  alarm.state = state;
  alarm.reason = reason;
  alarm.changedAt = now;
};
