import { describe, expect, it } from '@jest/globals';
import { judgeDrill } from '../../../domain/drill/judge-drill.ts';
import type { Rollback } from '../../../domain/records/campaign.ts';
import type { StackStatus } from '../../../domain/words.ts';

const drill = {
  stackId: 'arn:stack',
  stackName: 'staging-drill',
  account: '444455556666',
  region: 'eu-west-1',
  provenAt: '2026-11-22T10:30:00.000Z',
  result: null,
};
const campaign = { drill, restoringSince: '2026-11-22T10:30:30.000Z', rollback: null };
const record = (over: { status?: StackStatus; touched?: boolean; stackId?: string } = {}) => ({
  stackId: 'arn:stack',
  touched: true,
  status: 'restored' as StackStatus,
  ...over,
});
const end = { outcome: 'RESTORED', endedAt: '2026-11-22T10:42:45.000Z' } as const;
const rollback: Rollback = { by: 'ana', reason: 'mended', at: '2026-11-22T11:00:00.000Z', from: 'RESTORE_INCOMPLETE' };

describe('judgeDrill', () => {
  it('is no business of a campaign that is no drill', () => {
    expect(judgeDrill({ ...campaign, drill: null }, [record()], end)).toBeNull();
  });

  it('succeeds where both ways are proven, and says how long the way back took', () => {
    expect(judgeDrill(campaign, [record()], end)?.result).toEqual({ succeeded: true, minutesToRestore: 12.3 });
  });

  it.each([
    ['nothing was proven', { ...campaign, drill: { ...drill, provenAt: null } }, [record()], end],
    ['the stack was not touched', campaign, [record({ touched: false, status: 'skipped' })], end],
    ['the stack is quarantined', campaign, [record({ status: 'quarantined' })], end],
    ['only another stack is back', campaign, [record({ stackId: 'arn:other' })], end],
    ['not everything is back', campaign, [record()], { ...end, outcome: 'RESTORE_INCOMPLETE' as const }],
    ['a person had to roll it back once more', { ...campaign, rollback }, [record()], end],
    ['a gate has refused it', campaign, [], { ...end, outcome: 'REJECTED' as const }],
  ])('fails where %s', (_what, of, records, ended) => {
    expect(judgeDrill(of, records, ended)?.result?.succeeded).toBe(false);
  });
});
