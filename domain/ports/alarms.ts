import type { Target } from '../target.ts';

export interface AlarmFacts {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
}

/** What a metric alarm had to judge by in a time. */
export interface AlarmData {
  readonly name: string;
  readonly points: number;
  /** As many as there were whole periods. */
  readonly possible: number;
  /** As CloudWatch spells it: missing, breaching, notBreaching, ignore. */
  readonly treatsMissingAs: string;
}

export interface Alarms {
  /** Alarms that do not exist are not in the answer. */
  states(target: Target, names: readonly string[]): Promise<readonly AlarmFacts[]>;
  /** Names of those alarms that went into ALARM since then (ISO 8601), also if they are OK again. */
  wentOff(target: Target, names: readonly string[], since: string): Promise<readonly string[]>;
  /**
   * Data points from then until then (ISO 8601); alarms without a metric of their own are not in the answer, and those
   * that do not exist have none of one possible point.
   */
  data(target: Target, names: readonly string[], from: string, to: string): Promise<readonly AlarmData[]>;
}
