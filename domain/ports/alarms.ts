import type { Target } from '../target.ts';

export interface AlarmFacts {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
}

export interface Alarms {
  /** Alarms that do not exist are not in the answer. */
  states(target: Target, names: readonly string[]): Promise<readonly AlarmFacts[]>;
  /** Names of those alarms that went into ALARM since then (ISO 8601), also if they are OK again. */
  wentOff(target: Target, names: readonly string[], since: string): Promise<readonly string[]>;
}
