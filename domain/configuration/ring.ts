/** Failed stacks tolerated: a number, or a percentage of the planned ones (rounded down). */
export type FailureBudget = number | { readonly percent: number };

/** A time in which a ring may begin and take on stacks. */
export interface MaintenanceWindow {
  /** When it opens: a cron expression of five fields. */
  readonly cron: string;
  readonly hours: number;
  /** IANA name of the zone that the expression is read in. */
  readonly timeZone: string;
}

/** One ring of every campaign, as the configuration has it. */
export interface Ring {
  /** Title Case is derived from it: `canary` is shown as "Canary Ring". */
  readonly name: string;
  /** Share of the stacks that no tag assigns, in percent; null: the ring takes what is left. */
  readonly sharePercent: number | null;
  /** Most stacks in work at once, over all targets. */
  readonly cap: number;
  /** Most stacks in work at once in one target. */
  readonly targetCap: number;
  /** Failed stacks tolerated: a number, or a percentage of the planned ones (rounded down). */
  readonly failureBudget: FailureBudget;
  /** The same for each account by its own stacks; null: no limit beside the ring's. */
  readonly accountFailureBudget: FailureBudget | null;
  /** Whether stacks whose account refuses us are only skipped, or fail the ring. */
  readonly unreachable: 'skip' | 'fail';
  readonly bakeMinutes: number;
  /** Whether an operator must approve before the next ring starts; auto: only where not everything stayed green. */
  readonly approval: 'required' | 'auto' | 'none';
  /** What a ring that approves itself must show besides. */
  readonly autoApproval: { readonly minBakeMinutes: number };
  /** The ring begins, and takes on stacks, only while one of them is open; empty: at any time. */
  readonly windows: readonly MaintenanceWindow[];
  /** SSM change calendars that must be open too, beside those of all rings. */
  readonly calendars: readonly string[];
}
