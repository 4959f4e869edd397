import { describe, expect, it } from '@jest/globals';
import { deltaText, findingDelta } from '../../../domain/gates/finding-delta.ts';
import type { Finding } from '../../../domain/ports/scans.ts';

const finding = (id: string): Finding => ({ id, severity: 'low', title: id, fixAvailable: false, observedAt: null });
const inUse = (...ids: readonly string[]) => ({ image: 'ami-old', findings: ids.map(finding) });

describe('findingDelta', () => {
  it('says what the new image brings, ends and keeps, sorted and each once', () => {
    const delta = findingDelta(['c', 'b', 'c', 'e'].map(finding), inUse('d', 'b', 'a', 'd'));
    expect(delta).toEqual({ inUse: 'ami-old', fixed: ['a', 'd'], new: ['c', 'e'], unchanged: ['b'], unknown: '' });
    expect(deltaText(delta)).toBe('Against ami-old in use: 2 findings fixed, 2 new, 1 unchanged.');
  });

  it.each([
    ['no image is in use', [], null, null, 'no image of the family is promoted yet'],
    ['nobody knows which is', [], undefined, null, 'no image of the family is promoted yet'],
    ['the new one was not scanned', null, inUse(), 'ami-old', 'the new image has no finished scan'],
    ['the old one was not', [], { image: 'ami-old', findings: null }, 'ami-old', 'image ami-old has no finished scan'],
  ])('says why it does not compare where %s', (_what, findings, used, image, unknown) => {
    const delta = findingDelta(findings, used);
    expect(delta).toEqual({ inUse: image, fixed: [], new: [], unchanged: [], unknown });
    expect(deltaText(delta)).toBe(`Not compared with an image in use: ${unknown}.`);
  });

  it('lists two hundred of each at most', () => {
    const many = (letter: string) => Array.from({ length: 250 }, (_, index) => `${letter}${index}`);
    const delta = findingDelta([...many('n'), ...many('s')].map(finding), inUse(...many('f'), ...many('s')));
    expect([delta.fixed.length, delta.new.length, delta.unchanged.length]).toEqual([200, 200, 200]);
  });
});
