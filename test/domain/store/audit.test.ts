import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../../domain/hash.ts';
import type { AuditEntry } from '../../../domain/records/audit-entry.ts';
import { emptyChain, nextEntry } from '../../../domain/store/audit.ts';

const at = new Date('2026-11-22T12:00:00.000Z');
const about = { campaignId: 'campaign-1', stackId: 'stack-1' };

const chainOf = (whats: readonly string[]): AuditEntry[] => {
  const entries: AuditEntry[] = [];
  let head = emptyChain;
  for (const what of whats) {
    const entry = nextEntry(about, head, { who: 'ana', what, why: 'because', evidence: { what } }, at);
    entries.push(entry);
    head = { sequence: entry.sequence, head: entry.hash };
  }
  return entries;
};

/** What an auditor does: recompute every hash and follow the links. */
const isIntact = (entries: readonly AuditEntry[]): boolean =>
  entries.every(({ hash, ...content }, index) => {
    const before = entries[index - 1];
    return (
      hash === sha256(canonicalJson(content)) &&
      content.previousHash === (before?.hash ?? '') &&
      content.sequence === (before?.sequence ?? 0) + 1
    );
  });

describe('nextEntry', () => {
  it('says who did what, why, when and on which evidence', () => {
    expect(chainOf(['claim'])).toEqual([
      {
        schemaVersion: 1,
        ...about,
        sequence: 1,
        at: at.toISOString(),
        who: 'ana',
        what: 'claim',
        why: 'because',
        evidence: { what: 'claim' },
        evidenceHash: sha256('{"what":"claim"}'),
        previousHash: '',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('makes a chain that holds together', () => {
    fc.assert(fc.property(fc.array(fc.string()), (whats) => isIntact(chainOf(whats))));
  });

  it('makes every later change visible', () => {
    const fields = ['campaignId', 'stackId', 'sequence', 'at', 'who', 'what', 'why', 'previousHash', 'hash'] as const;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), fc.constantFrom(...fields), (whats, n, field) => {
        const entries = chainOf(whats);
        const index = n % entries.length;
        const forged = entries.map((entry, at) => (at === index ? { ...entry, [field]: 'forged' } : entry));
        return !isIntact(forged);
      }),
    );
  });

  it('makes it visible when an entry is taken out, put in twice, or moved', () => {
    const [first, second, third] = chainOf(['a', 'b', 'c']) as [AuditEntry, AuditEntry, AuditEntry];
    expect(isIntact([first, third])).toBe(false);
    expect(isIntact([second, third])).toBe(false);
    expect(isIntact([first, second, second, third])).toBe(false);
    expect(isIntact([first, third, second])).toBe(false);
  });

  it('covers the evidence', () => {
    const [entry] = chainOf(['a']) as [AuditEntry];
    expect(isIntact([{ ...entry, evidence: { what: 'b' } }])).toBe(false);
  });

  it('hashes the same content alike, in whatever order its fields come', () => {
    const one = nextEntry(
      about,
      emptyChain,
      { who: 'a', what: 'b', why: 'c', evidence: { x: 1, y: [{ p: 1, q: 2 }] } },
      at,
    );
    const two = nextEntry(
      about,
      emptyChain,
      { why: 'c', evidence: { y: [{ q: 2, p: 1 }], x: 1 }, what: 'b', who: 'a' },
      at,
    );
    expect(two.hash).toBe(one.hash);
  });
});
