import { canonicalJson, sha256 } from '../hash.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { ChainHead } from '../store/audit.ts';

/** The head of every chain of a campaign at its close; kept outside of the table, under its own hash. */
export interface Heads {
  readonly campaignId: string;
  /** The campaign's own chain, as it stood before the record of the close. */
  readonly campaign: ChainHead;
  readonly stacks: readonly (ChainHead & { readonly stackId: string })[];
}

/** What the record of a close says about the heads; it is part of the campaign's chain. */
export interface SealedHeads {
  /** SHA-256 of the document with all heads. */
  readonly hash: string;
  readonly chains: number;
  readonly records: number;
}

/** The heads of a campaign as its records have them. */
export const headsOf = (campaignId: string, campaign: ChainHead, records: readonly StackRecord[]): Heads => ({
  campaignId,
  campaign: { sequence: campaign.sequence, head: campaign.head },
  stacks: records
    .map(({ stackId, audit: { sequence, head } }) => ({ stackId, sequence, head }))
    .sort((a, b) => (a.stackId < b.stackId ? -1 : 1)),
});

/** The hash under which the heads are kept. */
export const headsHash = (heads: Heads): string => sha256(canonicalJson(heads));

export const sealOf = (heads: Heads): SealedHeads => ({
  hash: headsHash(heads),
  chains: heads.stacks.length + 1,
  records: heads.stacks.reduce((sum, { sequence }) => sum + sequence, heads.campaign.sequence),
});

/** Where the heads are kept; two closes at once, or one after a rollback, do not overwrite each other's. */
export const headsKey = (campaignId: string, hash: string): string =>
  `campaigns/${campaignId}/audit-heads-${hash}.json`;
