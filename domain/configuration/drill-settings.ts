/** A stack that is designated for drills; its name is unique among them. */
export interface DrillStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly family: string;
}

/** Drills on real stacks. */
export interface DrillSettings {
  /** Nothing else is ever drilled; empty: there are no drills. */
  readonly stacks: readonly DrillStack[];
  /** Environments in which a stack may be drilled, as its tag names them. */
  readonly environments: readonly string[];
  /** Oldest build that a drill moves a stack to, in days. */
  readonly maxImageAgeDays: number;
  /** When each of the stacks is drilled; null: only when somebody asks. */
  readonly schedule: {
    /** An expression of EventBridge Scheduler: `cron(…)` or `rate(…)`. */
    readonly expression: string;
    /** IANA name of the zone that the expression is read in. */
    readonly timeZone: string;
  } | null;
}
