import { describe, expect, it } from '@jest/globals';
import { finalReport, reportText } from '../../../domain/campaign/final-report.ts';
import type { Campaign, StackRecord } from '../../../domain/records.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { aStackRecord } from '../fakes/stack-record.ts';

const make = (records: readonly StackRecord[], over: Partial<Campaign> = {}, reason = '') =>
  finalReport(aCampaign(over), records, 'RESTORED', reason, '2026-11-22T14:00:00.000Z');
const one = (stackName: string, over: Partial<StackRecord>) => aStackRecord({ stackName, ...over });

describe('finalReport', () => {
  it('says which campaign it is about', () => {
    expect(make([], {}, 'because')).toMatchObject({
      campaignId: 'campaign-1',
      family: 'al2023-base',
      image: 'ami-00000000000000002',
      imageSet: aCampaign().imageSet,
      starter: 'unknown',
      startedAt: '2026-11-22T10:00:00.000Z',
      endedAt: '2026-11-22T14:00:00.000Z',
      outcome: 'RESTORED',
      reason: 'because',
    });
  });

  it('counts every stack in exactly one status of its ring', () => {
    const { rings } = make([
      one('a', { status: 'done' }),
      one('b', { status: 'skipped', reason: 'current' }),
      one('c', { ring: 'full', status: 'restored', reason: 'x' }),
    ]);
    expect(rings).toMatchObject([
      { ring: 'canary', planned: 2, counts: { done: 1, skipped: 1 } },
      { ring: 'full', planned: 1, counts: { restored: 1 } },
    ]);
    for (const { planned, counts } of rings)
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(planned);
  });

  it('lists what did not simply succeed, each with its reason', () => {
    const { exceptions } = make([
      one('done', { status: 'done' }),
      one('current', { status: 'skipped', reason: 'current' }),
      one('ended', { status: 'skipped', reason: 'campaign ended' }),
      one('deleted', { status: 'skipped', reason: 'the stack was deleted' }),
      one('foreign', { status: 'quarantined', reason: 'not put back' }),
    ]);
    expect(exceptions.map(({ stackName, reason }) => [stackName, reason])).toEqual([
      ['deleted', 'the stack was deleted'],
      ['foreign', 'not put back'],
    ]);
  });
});

describe('reportText', () => {
  it('says what happened, why, and which stacks to look at', () => {
    const text = reportText(
      make(
        [
          one('app-0001', { status: 'restored', reason: 'UpdateFailed: no capacity; restored to ami-1' }),
          one('app-0002', { status: 'done' }),
          one('app-0003', { status: 'done' }),
        ],
        { leftOut: [{ name: '100000000002/us-east-1', reason: 'it refuses us' }] },
        'ring canary failed',
      ),
    );
    expect(text).toBe(
      [
        'Campaign campaign-1 ended RESTORED.',
        'Family al2023-base, image ami-00000000000000002. Reason: ring canary failed',
        '',
        'Ring canary: 3 planned; 2 done, 1 restored',
        'Ring full: 0 planned',
        '',
        'Stacks to look at:',
        '  app-0001 (100000000001/eu-west-1) restored: UpdateFailed: no capacity; restored to ami-1',
        '',
        'Left out:',
        '  100000000002/us-east-1: it refuses us',
      ].join('\n'),
    );
  });

  it('leaves out what there is not', () => {
    expect(reportText(make([]))).toBe(
      [
        'Campaign campaign-1 ended RESTORED.',
        'Family al2023-base, image ami-00000000000000002.',
        '',
        'Ring canary: 0 planned',
        'Ring full: 0 planned',
      ].join('\n'),
    );
  });

  it('keeps a mail readable when many stacks went wrong', () => {
    const many = Array.from({ length: 40 }, (_, order) =>
      one(`app-${order}`, { order, status: 'quarantined', reason: 'x' }),
    );
    const lines = reportText(make(many)).split('\n');
    expect(lines.filter((line) => line.includes('quarantined: x'))).toHaveLength(25);
    expect(lines.at(-1)).toBe('  … and 15 more in the report');
  });
});
