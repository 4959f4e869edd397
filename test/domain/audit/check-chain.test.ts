import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkChain } from '../../../domain/audit/check-chain.ts';
import { canonicalJson, sha256 } from '../../../domain/hash.ts';
import type { AuditEntry } from '../../../domain/records/audit-entry.ts';
import { emptyChain, entryHash, nextEntry, type ChainHead } from '../../../domain/store/audit.ts';

const about = { campaignId: 'campaign-1', stackId: null };
const at = new Date('2026-11-22T12:00:00.000Z');

const chainOf = (length: number): { entries: AuditEntry[]; head: ChainHead } => {
  const entries: AuditEntry[] = [];
  let head = emptyChain;
  for (let n = 1; n <= length; n += 1) {
    const entry = nextEntry(about, head, { who: 'ana', what: `step ${n}`, why: 'because', evidence: { n } }, at);
    entries.push(entry);
    head = { sequence: entry.sequence, head: entry.hash };
  }
  return { entries, head };
};
/** As somebody would who knows how hashes are made. */
const rehashed = (entry: AuditEntry, over: Partial<AuditEntry>): AuditEntry => {
  const forged = { ...entry, ...over };
  const evidenceHash = sha256(canonicalJson(forged.evidence));
  return { ...forged, evidenceHash, hash: entryHash({ ...forged, evidenceHash }) };
};
const place = fc.integer({ min: 2, max: 12 }).chain((length) => fc.tuple(fc.constant(length), fc.nat(length - 1)));

describe('checkChain', () => {
  it('finds nothing in a chain as it was written, in whatever order it is read', () => {
    fc.assert(
      fc.property(fc.nat(12), (length) => {
        const { entries, head } = chainOf(length);
        expect(checkChain(entries, head)).toBeNull();
        expect(checkChain(entries.toReversed(), head)).toBeNull();
      }),
    );
  });

  it('names the first record that was removed', () => {
    fc.assert(
      fc.property(place, fc.nat(3), ([length, index], more) => {
        const { entries, head } = chainOf(length);
        const left = entries.toSpliced(index, more + 1);
        expect(checkChain(left, head)).toMatchObject({ kind: 'removed', sequence: index + 1 });
      }),
    );
  });

  it('names the first record that was changed, with its hash or without', () => {
    const changes = fc.constantFrom<Partial<AuditEntry>>(
      { who: 'eve' },
      { what: 'nothing' },
      { why: '' },
      { at: '2027-01-01T00:00:00.000Z' },
      { stackId: 'another' },
      { evidence: { n: 'forged' } },
    );
    fc.assert(
      fc.property(place, changes, fc.boolean(), ([length, index], change, withHash) => {
        const { entries, head } = chainOf(length);
        const entry = entries[index] as AuditEntry;
        const forged = withHash ? rehashed(entry, change) : { ...entry, ...change };
        expect(checkChain(entries.with(index, forged), head)).toMatchObject({ kind: 'changed', sequence: index + 1 });
      }),
    );
  });

  it('sees that everything from a record on was written anew', () => {
    const { entries, head } = chainOf(5);
    let before = entries[1] as AuditEntry;
    const anew = entries.map((entry, index) => {
      if (index < 2) return entry;
      before = rehashed(entry, { who: 'eve', previousHash: before.hash });
      return before;
    });
    expect(checkChain(anew, head)).toMatchObject({ kind: 'changed', sequence: 5 });
  });

  it('names a record that was put in, at the end or beside another', () => {
    fc.assert(
      fc.property(place, ([length, index]) => {
        const { entries, head } = chainOf(length);
        const behind = nextEntry(about, head, { who: 'eve', what: 'approved', why: '' }, at);
        expect(checkChain([...entries, behind], head)).toMatchObject({ kind: 'inserted', sequence: length + 1 });
        const beside = rehashed(entries[index] as AuditEntry, { who: 'eve' });
        const last = index === length - 1;
        if (!last)
          expect(checkChain([beside, ...entries], head)).toMatchObject({ kind: 'inserted', sequence: index + 1 });
      }),
    );
  });

  it('sees every single field changed, two records exchanged, a tail cut off and a head removed, rehashed or not', () => {
    const fields: readonly (keyof AuditEntry)[] = [
      'schemaVersion',
      'campaignId',
      'stackId',
      'sequence',
      'at',
      'who',
      'what',
      'why',
      'evidence',
      'evidenceHash',
      'previousHash',
      'hash',
    ];
    expect(chainOf(1).entries.map((entry) => Object.keys(entry).sort())).toEqual([fields.toSorted()]);
    const other = (value: unknown): unknown =>
      typeof value === 'number' ? value + 100 : typeof value === 'string' ? `${value}x` : { forged: true };
    fc.assert(
      fc.property(place, fc.constantFrom(...fields), fc.boolean(), fc.nat(11), ([length, index], field, anew, to) => {
        const { entries, head } = chainOf(length);
        const entry = entries[index] as AuditEntry;
        const over = { [field]: field === 'stackId' ? 'another' : other(entry[field]) } as Partial<AuditEntry>;
        // Who hashes anew cannot choose what the hash is; what it is made of counts.
        const forged = anew && !field.endsWith('ash') ? rehashed(entry, over) : { ...entry, ...over };
        expect(checkChain(entries.with(index, forged), head)).not.toBeNull();
        const second = entries[to % length] as AuditEntry;
        if (second !== entry) {
          const moved = (one: AuditEntry, { sequence }: AuditEntry): AuditEntry =>
            anew ? rehashed(one, { sequence }) : { ...one, sequence };
          const exchanged = entries.with(index, moved(second, entry)).with(to % length, moved(entry, second));
          expect(checkChain(exchanged, head)).not.toBeNull();
        }
        expect(checkChain(entries.slice(0, index), head)).not.toBeNull();
        expect(checkChain(entries, emptyChain)).not.toBeNull();
      }),
    );
  });
});
