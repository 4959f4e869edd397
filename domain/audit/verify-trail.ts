import type { AuditEntry } from '../records/audit-entry.ts';
import type { ChainHead } from '../store/audit.ts';
import { checkChain, type Finding } from './check-chain.ts';
import { headsHash, type Heads, type SealedHeads } from './heads.ts';

/** One chain of the trail with the head that the record of its campaign or stack keeps. */
export interface Chain {
  /** Null: the campaign's own. */
  readonly stackId: string | null;
  readonly head: ChainHead;
  readonly entries: readonly AuditEntry[];
}

/** The trail of a campaign, as it was read. */
export interface Trail {
  readonly campaignId: string;
  /** The campaign's own chain first. */
  readonly chains: readonly Chain[];
  /** The outcome that the campaign's record shows; null while it runs, and for the product's own trail. */
  readonly outcome: string | null;
  /** The heads that were kept at each close, by their hash; null: they are not there any more. */
  readonly heads: ReadonlyMap<string, Heads | null>;
  /** The records that are shown by time; each of them must be in a chain. */
  readonly timeline: readonly Pick<AuditEntry, 'stackId' | 'sequence' | 'hash'>[];
}

/** A record that is not as it was written, and its chain. */
export interface Problem extends Finding {
  /** Null: the campaign's own chain. */
  readonly stackId: string | null;
}

/** What verifying came to. */
export interface Verification {
  readonly campaignId: string;
  readonly intact: boolean;
  readonly chains: number;
  readonly records: number;
  /** The closes of the campaign: each has hashed the heads of all chains. */
  readonly closes: readonly (SealedHeads & { readonly sequence: number; readonly at: string })[];
  /** The first record of each chain that was removed, changed or inserted; the campaign's own chain first. */
  readonly problems: readonly Problem[];
}

const sealIn = ({ who, evidence }: AuditEntry): SealedHeads | null =>
  who === 'Report' && 'heads' in evidence ? (evidence['heads'] as SealedHeads) : null;

/** The records that a campaign writes when it closes, with the heads' hash. */
export const closesOf = (entries: readonly AuditEntry[]): (SealedHeads & { sequence: number; at: string })[] =>
  entries.flatMap((entry) => {
    const seal = sealIn(entry);
    return seal === null ? [] : [{ ...seal, sequence: entry.sequence, at: entry.at }];
  });

/** A chain against its head at a close: it may have grown since, but must still go through that record. */
const againstHead = (chain: Chain | undefined, stackId: string | null, head: ChainHead, at: string): Problem | null => {
  if (head.sequence === 0) return null;
  const entry = chain?.entries.find(({ sequence }) => sequence === head.sequence);
  if (entry === undefined) {
    const sequence = (chain?.entries.length ?? 0) + 1;
    const says = `the chain had ${head.sequence} records at the close of ${at}; record ${sequence} is missing`;
    return { stackId, sequence, kind: 'removed', says };
  }
  if (entry.hash === head.head) return null;
  const says = `record ${head.sequence} is not the one that the chain had at the close of ${at}`;
  return { stackId, sequence: head.sequence, kind: 'changed', says };
};

const againstHeads = (
  { heads, chains }: Trail,
  { hash, sequence, at }: { readonly hash: string; readonly sequence: number; readonly at: string },
): Problem[] => {
  const kept = heads.get(hash) ?? null;
  const own = { stackId: null, sequence } as const;
  if (kept === null)
    return [{ ...own, kind: 'removed', says: `the heads of all chains that were kept at the close of ${at} are gone` }];
  if (headsHash(kept) !== hash)
    return [{ ...own, kind: 'changed', says: `the heads that were kept at the close of ${at} do not give its hash` }];
  const byStack = new Map(chains.map((chain) => [chain.stackId, chain]));
  const known = new Set(kept.stacks.map(({ stackId }) => stackId));
  const foreign = chains.find(({ stackId }) => stackId !== null && !known.has(stackId));
  return [
    againstHead(byStack.get(null), null, kept.campaign, at),
    ...kept.stacks.map(({ stackId, ...head }) => againstHead(byStack.get(stackId), stackId, head, at)),
    foreign === undefined
      ? null
      : {
          stackId: foreign.stackId,
          sequence: 1,
          kind: 'inserted' as const,
          says: `the campaign had no such stack at the close of ${at}`,
        },
  ].filter((problem) => problem !== null);
};

const onceForEachChain = (problems: readonly Problem[]): Problem[] =>
  [...new Map(problems.toReversed().map((problem) => [problem.stackId, problem])).values()].toReversed();

/**
 * Proves that nothing of a trail was removed, changed or put in: every chain is recomputed, then the hash of all heads at
 * each close, then what is shown by time is looked up in the chains.
 */
export const verifyTrail = (trail: Trail): Verification => {
  const { campaignId, chains, outcome, timeline } = trail;
  const own = chains.find(({ stackId }) => stackId === null);
  const closes = closesOf(own?.entries ?? []);
  const inChains = new Set(chains.flatMap(({ entries }) => entries.map(({ hash }) => hash)));
  const last = own?.entries.at(-1)?.sequence ?? 0;
  const unsealed =
    outcome !== null && closes.length === 0 && chains.length > 1
      ? [
          {
            stackId: null,
            sequence: last + 1,
            kind: 'removed' as const,
            says: `the campaign ended ${outcome}, and the record of its close is missing`,
          },
        ]
      : [];
  const problems = onceForEachChain([
    ...chains.flatMap(({ stackId, entries, head }) => {
      const finding = checkChain(entries, head);
      return finding === null ? [] : [{ stackId, ...finding }];
    }),
    ...unsealed,
    ...closes.flatMap((close) => againstHeads(trail, close)),
    ...timeline
      .filter(({ hash }) => !inChains.has(hash))
      .map(({ stackId, sequence }) => ({
        stackId,
        sequence,
        kind: 'inserted' as const,
        says: `record ${sequence} is shown among the events and is in no chain`,
      })),
  ]);
  const records = chains.reduce((sum, { entries }) => sum + entries.length, 0);
  return { campaignId, intact: problems.length === 0, chains: chains.length, records, closes, problems };
};
