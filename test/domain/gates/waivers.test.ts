import { describe, expect, it } from '@jest/globals';
import type { Waiver } from '../../../domain/configuration/waiver.ts';
import { applyWaivers, expiredReason } from '../../../domain/gates/waivers.ts';
import type { Finding } from '../../../domain/ports/scans.ts';
import { daysAgo, now } from './image-facts.ts';

const finding = (id: string): Finding => ({ id, severity: 'high', title: id, fixAvailable: false, observedAt: null });
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  cve: 'CVE-1',
  owner: 'security',
  reason: 'not reachable',
  expires: daysAgo(-1).slice(0, 10),
  families: null,
  ...over,
});

describe('applyWaivers', () => {
  it('sorts findings into those that stand and those that somebody answers for', () => {
    const [one, two] = [finding('CVE-1'), finding('CVE-2')];
    const own = waiver();
    expect(applyWaivers([one, two], [own], null, now)).toEqual({
      standing: [two],
      waived: [{ id: 'CVE-1', waiver: own }],
      expired: [],
    });
    expect(applyWaivers([], [own], null, now)).toEqual({ standing: [], waived: [], expired: [] });
  });

  it.each<[string, string[] | null, string | null, boolean]>([
    ['of all families', null, 'al2023-base', true],
    ['of all families, for an image of none', null, null, true],
    ['of its family', ['ubuntu', 'al2023-base'], 'al2023-base', true],
    ['of another family', ['ubuntu'], 'al2023-base', false],
    ['of a family, for an image of none', ['ubuntu'], null, false],
  ])('takes a waiver %s or leaves it', (_what, families, family, isTaken) => {
    const { standing, expired } = applyWaivers([finding('CVE-1')], [waiver({ families })], family, now);
    expect(standing).toHaveLength(isTaken ? 0 : 1);
    expect(expired).toEqual([]);
  });

  it.each([
    ['2026-11-22T23:59:59.999Z', 0],
    ['2026-11-23T00:00:00.000Z', 1],
  ])('ends a waiver with its day: at %s', (at, standing) => {
    const result = applyWaivers([finding('CVE-1')], [waiver({ expires: '2026-11-22' })], null, new Date(at));
    expect(result.standing).toHaveLength(standing);
    expect(result.expired).toHaveLength(standing);
  });
});

describe('expiredReason', () => {
  it('has a code for programs', () => {
    expect(expiredReason(waiver()).code).toBe('waiver-expired');
  });
});
