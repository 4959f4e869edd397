/** What a rollback can do about a campaign; `nothing`: it has left no stack on its image. */
export const rollbackCases = ['reopen', 'stop', 'running', 'ending', 'nothing'] as const;

/** How one campaign stands, as far as a rollback is concerned. */
export interface RollbackCampaign {
  readonly campaignId: string;
  readonly family: string;
  readonly image: string;
  readonly startedAt: string;
  readonly case: (typeof rollbackCases)[number];
  /** Null: not over. */
  readonly outcome: string | null;
  readonly reason: string;
  /** The execution that restores it; null: there was none. */
  readonly execution: string | null;
  /** Stacks that a write of the campaign may have reached. */
  readonly touched: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Touched stacks that are not back, each with its reason; at most 100. */
  readonly left: readonly {
    readonly stackName: string;
    readonly account: string;
    readonly region: string;
    readonly status: string;
    readonly reason: string;
  }[];
}

/** What the product answers to somebody who asks about a rollback, or for one. */
export interface RollbackAnswer {
  readonly accepted: boolean;
  readonly message: string;
  /** None: there is no such campaign or image. */
  readonly campaigns: readonly RollbackCampaign[];
}
