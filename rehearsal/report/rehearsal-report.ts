import type { StackStatus } from '../../domain/words.ts';
import type { Billed } from './cost.ts';

/** What `ami-rollout rehearse --json` prints. */
export interface RehearsalReport {
  readonly campaignId: string;
  readonly scenario: string;
  readonly seed: number;
  /** SHA-256 over the sources of the definitions and the configuration they were built from. */
  readonly definitionSha256: string;
  readonly outcome: string;
  readonly reason: string;
  readonly gates: readonly { readonly gate: string; readonly passed: boolean; readonly reasons: readonly string[] }[];
  /** What the reasons are that gates gave, in this campaign and in the others; each once. */
  readonly reasonCodes: readonly string[];
  readonly rings: readonly RingSummary[];
  readonly stacks: readonly StackSummary[];
  /** From the campaign's start to its outcome, in virtual time. */
  readonly virtualSeconds: number;
  /** A lower bound for that time, computed apart from the run; of a campaign that ended early, for the part it got through. */
  readonly criticalPathSeconds: number;
  /** Real time of the campaign, without synthesis. */
  readonly wallMs: number;
  readonly peakRssMb: number;
  readonly transitions: { readonly total: number; readonly perUpdatedStack: number };
  /** Over all executions, children included. */
  readonly history: { readonly maxEvents: number };
  readonly payload: { readonly maxBytes: number };
  /** Requests as sent, retries included, by `service.Operation`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
  /** Instances that gates launched, by the simulated AWS; `minutes` is null for one that still runs. */
  /** The tags that the new image has in the end, by region; read from the simulated AWS. */
  readonly imageTags: readonly {
    readonly region: string;
    readonly image: string;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly gateInstances: readonly {
    readonly id: string;
    readonly purpose: string;
    readonly market: string;
    readonly minutes: number | null;
  }[];
  /** Images of the scenario that carry a mark of ours, by the simulated AWS. */
  readonly images: readonly {
    readonly image: string;
    readonly region: string;
    readonly name: string;
    /** The campaign that promoted it, and the one that it is held for; null: the tag is not there. */
    readonly promotedBy: string | null;
    readonly heldFor: string | null;
    readonly isProtected: boolean;
    readonly deprecatedAt: string | null;
  }[];
  /** What operators were told of findings in promoted images, by the messages that were published. */
  readonly alerts: readonly {
    readonly subject: string;
    readonly reasons: readonly string[];
    readonly stacks: readonly string[];
    readonly back: boolean;
    readonly why: string;
  }[];
  /** Queued invocations that every retry has failed. */
  readonly deadLetters: readonly { readonly handler: string; readonly error: string }[];
  /** What people and their automation were told, in order. */
  readonly messages: readonly MessageSummary[];
  /** What AWS would bill, as counted. */
  readonly billed: Billed;
  readonly costUsd: number;
  readonly eventLogSha256: string;
  /** What else ran: duplicates, superseded campaigns. */
  /** Stacks that were discovered but left out of the plan, then regions and targets; each with its reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly otherCampaigns: readonly {
    readonly campaignId: string;
    readonly outcome: string;
    readonly reason: string;
  }[];
  readonly expected: string;
  /** What came after the campaign; null: nothing. */
  readonly then: RollbackReport | null;
}

/** A rollback that followed the campaign. Stacks and rings are of the same campaign, as it stands afterwards. */
export interface RollbackReport {
  readonly kind: 'rollback';
  readonly by: string;
  readonly accepted: boolean;
  /** What the product has answered. */
  readonly message: string;
  readonly outcome: string;
  readonly expected: string;
  readonly reason: string;
  /** Every campaign that was rolled back, with what became of it. */
  readonly campaigns: readonly { readonly campaignId: string; readonly outcome: string }[];
  readonly rings: readonly RingSummary[];
  readonly stacks: readonly StackSummary[];
  /** The family's SSM parameters: what the campaign had put there, and what they hold now, by the simulated AWS. */
  readonly promotions: readonly {
    readonly account: string;
    readonly region: string;
    readonly parameter: string;
    readonly state: string;
    readonly brought: string;
    readonly before: string | null;
    readonly now: string | null;
  }[];
  /** From the request to the last outcome, in virtual time. */
  readonly virtualSeconds: number;
}

/** One fact as it was told. */
export interface MessageSummary {
  /** ISO 8601, virtual time. */
  readonly at: string;
  readonly id: string;
  readonly campaignId: string;
  readonly fact: string;
  readonly ring: string | null;
  readonly outcome: string | null;
  readonly subject: string;
  readonly text: string;
  /** By mail too, not as an event alone. */
  readonly mailed: boolean;
}

export interface RingSummary {
  readonly ring: string;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly restored: number;
  readonly quarantined: number;
}

export interface StackSummary {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly ring: string;
  readonly mode: string;
  readonly status: StackStatus;
  readonly reason: string;
  /** Whether any write of ours reached the stack, by the simulated AWS. */
  readonly touched: boolean;
  /** The image the stack was on before and is on now, by the simulated AWS; more words where its parts disagree. */
  readonly before: string;
  readonly after: string;
  /** Every image its instances have ever run. */
  readonly held: readonly string[];
}
