import { describe, expect, it } from '@jest/globals';
import { stagesOf } from '../../../console/views/stages.ts';

type Status = Parameters<typeof stagesOf>[0];

const passed = (gate: string) => ({ gate, passed: true, reasons: [], ring: null });

/** A campaign in its canary, whose scan runs before the full ring only. */
const status = {
  gates: ['Tag Check', 'Age Limit', 'Custom Gates'].map(passed),
  planHash: 'a1',
  imageSet: { 'eu-west-1': 'ami-0123456789abcdef0' },
  outcome: null,
  phase: 'ring',
  rings: [
    { ring: 'canary', state: 'in work', planned: 2, counts: { pending: 0, skipped: 0 }, approval: null },
    { ring: 'full', state: 'waiting', planned: 8, counts: { pending: 8, skipped: 0 }, approval: null },
  ],
} as unknown as Status;
const rings = [
  { name: 'canary', approval: 'required' },
  { name: 'full', approval: 'none' },
] as unknown as Parameters<typeof stagesOf>[1];

describe('the stages of a campaign', () => {
  it('show no gate as passed that has not judged yet', () => {
    const stages = stagesOf(status, rings);
    expect(stages.map(({ name }) => name)).not.toContain('Inspector Scan');
    expect(stages.find(({ name }) => name === 'Age Limit')?.progress).toBe('done');
    expect(stages.find(({ progress }) => progress === 'current')?.name).toBe('Canary Ring');
  });

  it('show it once it has', () => {
    const later = { ...status, gates: [...status.gates, { ...passed('Inspector Scan'), ring: 'full' }] } as Status;
    expect(stagesOf(later, rings).map(({ name }) => name)).toContain('Inspector Scan');
  });
});
