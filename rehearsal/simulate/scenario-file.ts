import type { FaultKind } from '../aws/faults/fault.ts';

/** One stack of a scenario, as somebody would write it. */
export interface StackLines {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** One fault of a scenario, as somebody would write it. */
export interface FaultLine {
  readonly kind: FaultKind;
  readonly [option: string]: unknown;
}

/** A scenario as somebody would write it: without the defaults. */
export interface ScenarioFile {
  readonly name: string;
  readonly seed: number;
  readonly fleet: {
    readonly accounts: number;
    readonly regions: string[];
    readonly stacks: StackLines[];
    readonly [option: string]: unknown;
  };
  readonly policy?: object;
  readonly image?: object;
  readonly approval?: object;
  readonly start?: object;
  readonly calendars?: object;
  readonly gates?: object;
  readonly instances?: object;
  readonly stayDays?: number;
  readonly faults?: readonly FaultLine[];
  readonly operations?: readonly object[];
  readonly also?: readonly object[];
  readonly arrivals?: readonly object[];
  readonly then?: object;
}
