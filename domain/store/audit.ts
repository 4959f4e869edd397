import { canonicalJson, sha256 } from '../hash.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import { schemaVersion } from '../records/schema-version.ts';

/** What a caller says about a decision; the chain adds number and hashes. */
export interface Decision {
  /** A person id, or the task that acts. */
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/** The last link of a chain. */
export interface ChainHead {
  readonly sequence: number;
  readonly head: string;
}

export const emptyChain: ChainHead = { sequence: 0, head: '' };

/** The hash of an entry: of everything that it says, and of the hash before it. */
export const entryHash = (entry: Omit<AuditEntry, 'hash'>): string =>
  sha256(
    canonicalJson({
      schemaVersion: entry.schemaVersion,
      campaignId: entry.campaignId,
      stackId: entry.stackId,
      sequence: entry.sequence,
      at: entry.at,
      who: entry.who,
      what: entry.what,
      why: entry.why,
      evidence: entry.evidence,
      evidenceHash: entry.evidenceHash,
      previousHash: entry.previousHash,
    }),
  );

const noEvidence = {};
/** Most decisions have none, and its hash is worth remembering: a campaign makes ten entries for each stack. */
const hashOfNone = sha256(canonicalJson(noEvidence));

/** The next entry of a chain: its hash covers its own content and the hash before it, so that nothing can be taken out. */
export const nextEntry = (
  about: { readonly campaignId: string; readonly stackId: string | null },
  chain: ChainHead,
  decision: Decision,
  at: Date,
): AuditEntry => {
  const content = {
    schemaVersion,
    campaignId: about.campaignId,
    stackId: about.stackId,
    sequence: chain.sequence + 1,
    at: at.toISOString(),
    who: decision.who,
    what: decision.what,
    why: decision.why,
    evidence: decision.evidence ?? noEvidence,
    evidenceHash: decision.evidence === undefined ? hashOfNone : sha256(canonicalJson(decision.evidence)),
    previousHash: chain.head,
  };
  return { ...content, hash: entryHash(content) };
};

/** The partition of the index in which a campaign's entries and those of its stacks lie by time. */
export const eventsPartition = (campaignId: string): string => `EVENTS#${campaignId}`;

/** The entry as the table keeps it: in its chain, and by time among all entries of the campaign. */
export const auditItem = (entry: AuditEntry): Record<string, unknown> => ({
  ...entry,
  ipk: eventsPartition(entry.campaignId),
  isk: `${entry.at}#${entry.stackId === null ? '' : sha256(entry.stackId).slice(0, 20)}#${String(entry.sequence).padStart(6, '0')}`,
});
