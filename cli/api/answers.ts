import type { Adoption } from '../fleet/adoption-words.ts';
import type { StackStatus } from '../../domain/words.ts';

/** The answers of the API, as far as commands print them. The API's document describes them whole. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export type Counts = Readonly<Record<StackStatus, number>>;

export interface CampaignSummary {
  readonly campaignId: string;
  readonly family: string;
  readonly image: { readonly id: string; readonly region: string };
  readonly starter: string;
  readonly dryRun: boolean;
  readonly drill: {
    readonly stackName: string;
    readonly provenAt: string | null;
    readonly result: { readonly succeeded: boolean; readonly minutesToRestore: number | null } | null;
  } | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly phase: string;
  readonly outcome: string | null;
  readonly reason: string;
  readonly planned: number;
}

export interface CampaignStatus extends CampaignSummary {
  readonly planHash: string;
  readonly halted: string | null;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly counts: Counts;
  readonly rings: readonly {
    readonly ring: string;
    readonly planned: number;
    readonly state: string;
    readonly counts: Counts;
    readonly approval: {
      readonly state: string;
      readonly expiresAt: string;
      readonly approversNeeded: number;
      readonly planHash: string;
      readonly summary: readonly { readonly label: string; readonly text: string }[];
      readonly decisions: readonly { readonly person: string; readonly decision: string; readonly reason: string }[];
    } | null;
  }[];
  readonly gates: readonly {
    readonly gate: string;
    readonly ring: string | null;
    readonly passed: boolean;
    readonly reasons: readonly string[];
  }[];
  readonly causes: readonly {
    readonly status: StackStatus;
    readonly reason: string;
    readonly stacks: number;
    readonly examples: readonly string[];
  }[];
  readonly adoption: Adoption | null;
  readonly estimate: { readonly endsAt: string; readonly remainingMinutes: number; readonly basis: string } | null;
}

export interface CampaignEvent {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly stack: { readonly name: string; readonly account: string; readonly region: string } | null;
}
