import { canonicalJson, sha256 } from '../hash.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import { entryHash, type ChainHead } from '../store/audit.ts';

/** What has been done to a record of the trail. */
export type Tampering = 'removed' | 'changed' | 'inserted';

/** The first record of a chain that is not as it was written. */
export interface Finding {
  readonly sequence: number;
  readonly kind: Tampering;
  readonly says: string;
}

const isWhole = (entry: AuditEntry): boolean =>
  entry.hash === entryHash(entry) && entry.evidenceHash === sha256(canonicalJson(entry.evidence));

/** Whether what comes after the entry, or the record that knows the chain's head, vouches for it. */
const isVouchedFor = (entry: AuditEntry, next: AuditEntry | undefined, head: ChainHead): boolean =>
  next === undefined ? head.head === entry.hash : next.previousHash === entry.hash;

/** Of several with one number, the one that the next record vouches for comes first. */
const inOrder = (entries: readonly AuditEntry[]): AuditEntry[] => {
  const linked = new Set(entries.map(({ previousHash }) => previousHash));
  return entries.toSorted((a, b) => a.sequence - b.sequence || Number(linked.has(b.hash)) - Number(linked.has(a.hash)));
};

/**
 * Recomputes a chain: every hash, every link, every number, and the head that the campaign's or the stack's record keeps.
 * Gives the first record that was removed, changed or inserted; null where the chain is as it was written.
 */
export const checkChain = (entries: readonly AuditEntry[], head: ChainHead): Finding | null => {
  const ordered = inOrder(entries);
  let before: AuditEntry | undefined;
  for (const [index, entry] of ordered.entries()) {
    const { sequence, previousHash } = entry;
    const expected = (before?.sequence ?? 0) + 1;
    if (sequence > expected) {
      const last = sequence - 1;
      const which = last === expected ? `record ${expected} is` : `records ${expected} to ${last} are`;
      return { sequence: expected, kind: 'removed', says: `${which} missing before record ${sequence}` };
    }
    if (sequence < expected)
      return { sequence, kind: 'inserted', says: `there are two records ${sequence}; no other goes on from this one` };
    if (!isWhole(entry))
      return { sequence, kind: 'changed', says: `what record ${sequence} says does not give its hash` };
    if (previousHash !== (before?.hash ?? '')) {
      const next = ordered[index + 1];
      return before !== undefined && isVouchedFor(entry, next, head)
        ? {
            sequence: before.sequence,
            kind: 'changed',
            says: `record ${before.sequence} is not the one that record ${sequence} goes on from`,
          }
        : { sequence, kind: 'changed', says: `record ${sequence} does not go on from record ${expected - 1}` };
    }
    before = entry;
  }
  const last = before?.sequence ?? 0;
  if (head.sequence > last) {
    const which =
      head.sequence === last + 1 ? `record ${head.sequence} is` : `records ${last + 1} to ${head.sequence} are`;
    return { sequence: last + 1, kind: 'removed', says: `${which} missing at the end` };
  }
  if (head.sequence < last)
    return {
      sequence: head.sequence + 1,
      kind: 'inserted',
      says: `the chain ended with record ${head.sequence}; record ${head.sequence + 1} was put behind it`,
    };
  if (before !== undefined && before.hash !== head.head)
    return { sequence: last, kind: 'changed', says: `record ${last} is not the one that the chain ended with` };
  return null;
};
