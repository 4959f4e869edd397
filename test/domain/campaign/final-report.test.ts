import { describe, expect, it } from '@jest/globals';
import { finalReport } from '../../../domain/campaign/final-report.ts';
import { reportHtml } from '../../../domain/campaign/report-html.ts';
import { allShown, reportText } from '../../../domain/campaign/report-text.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { aStackRecord } from '../fakes/stack-record.ts';

const make = (records: readonly StackRecord[], over: Partial<Campaign> = {}, reason = '', failed: string[] = []) =>
  finalReport(aCampaign(over), {
    records,
    failures: new Set(records.filter(({ stackName }) => failed.includes(stackName)).map(({ stackId }) => stackId)),
    outcome: 'RESTORED',
    reason,
    endedAt: '2026-11-22T14:00:00.000Z',
    verdicts: [],
    waits: [],
  });
const one = (stackName: string, over: Partial<StackRecord>) => aStackRecord({ stackName, ...over });

describe('finalReport', () => {
  it('says which campaign it is about, and how long it took', () => {
    expect(make([], {}, 'because')).toMatchObject({
      schemaVersion: 1,
      campaignId: 'campaign-1',
      family: 'al2023-base',
      image: 'ami-00000000000000002',
      imageSet: aCampaign().imageSet,
      starter: 'unknown',
      startedAt: '2026-11-22T10:00:00.000Z',
      endedAt: '2026-11-22T14:00:00.000Z',
      minutes: 240,
      outcome: 'RESTORED',
      reason: 'because',
    });
  });

  it('counts every stack in exactly one status of its ring, and in one list', () => {
    const { rings, stacks } = make(
      [
        one('a', { status: 'done', claimedAt: '2026-11-22T11:00:00.000Z', endedAt: '2026-11-22T11:20:00.000Z' }),
        one('b', { status: 'skipped', reason: 'current' }),
        one('c', { ring: 'full', status: 'restored', reason: 'x' }),
        one('d', { ring: 'full', status: 'restored', reason: 'y' }),
        one('e', { ring: 'full', status: 'quarantined', reason: 'z' }),
        one('f', { ring: 'full', status: 'skipped', reason: 'the stack was deleted' }),
      ],
      {},
      '',
      ['c'],
    );
    expect(rings).toMatchObject([
      { ring: 'canary', planned: 2, counts: { done: 1, skipped: 1 }, minutes: 20 },
      { ring: 'full', planned: 4, counts: { restored: 2 }, minutes: null },
    ]);
    for (const { planned, counts } of rings)
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(planned);
    expect(stacks).toMatchObject({
      planned: 6,
      open: 0,
      succeeded: { total: 1 },
      failed: { total: 2, first: [{ stack: 'c', reason: 'x' }, { stack: 'e' }] },
      restored: { total: 1, first: [{ stack: 'd' }] },
      skipped: { total: 1, first: [{ stack: 'f' }] },
      unchanged: { total: 1, first: [{ stack: 'b' }] },
    });
  });
});

describe('reportText', () => {
  it('says first what it means and what to do, then the facts, then the stacks, the failed ones first', () => {
    const text = reportText(
      make(
        [
          one('app-0001', { status: 'restored', reason: 'UpdateFailed: no capacity; restored to ami-1' }),
          one('app-0002', { status: 'done' }),
          one('app-0003', { status: 'done' }),
        ],
        { leftOut: [{ name: '100000000002/us-east-1', reason: 'it refuses us' }] },
        'ring canary failed',
        ['app-0001'],
      ),
    );
    expect(text).toBe(
      [
        'RESTORED: Something went wrong; every stack that was touched is back as it was.',
        'Nothing is urgent: the fleet is as it was. Find out why before the next try.',
        '',
        'Why: ring canary failed',
        '',
        'Campaign  campaign-1',
        'Image     ami-00000000000000002',
        'Family    al2023-base, base',
        'Started   2026-11-22 10:00 UTC by unknown',
        'Ended     2026-11-22 14:00 UTC, after 4 h',
        'Gates     none has judged',
        'Rings     canary: 3 planned, 2 done, 1 restored',
        '          full: 0 planned',
        '',
        'Failed (1):',
        '  app-0001 (100000000001/eu-west-1): UpdateFailed: no capacity; restored to ami-1',
        '',
        'Succeeded (2):',
        '  app-0002 (100000000001/eu-west-1)',
        '  app-0003 (100000000001/eu-west-1)',
        '',
        'Left out:',
        '  100000000002/us-east-1: it refuses us',
      ].join('\n'),
    );
  });

  const many = Array.from({ length: 40 }, (_, order) =>
    one(`app-${order}`, { order, status: 'quarantined', reason: `x${order}` }),
  );

  it('keeps a mail readable when many stacks went wrong, and names all of them where it is kept', () => {
    const lines = reportText(make(many)).split('\n');
    expect(lines.filter((line) => line.startsWith('  app-'))).toHaveLength(20);
    expect(lines.at(-1)).toBe('  … and 20 more');
    expect(
      reportText(make(many), allShown)
        .split('\n')
        .filter((line) => line.startsWith('  app-')),
    ).toHaveLength(40);
  });

  it('tells stacks that have one reason in common in one line of a mail', () => {
    const alike = many.map((record) => ({ ...record, reason: 'no capacity' }));
    expect(reportText(make(alike)).split('\n').slice(-2)).toEqual([
      'Failed (40):',
      '  40 stacks (app-0, app-1, app-2, …): no capacity',
    ]);
  });
});

describe('reportHtml', () => {
  it('is one page that needs no other, in both color schemes, with every name escaped', () => {
    const html = reportHtml(
      make(
        [one('<img src=x onerror=alert(1)>', { status: 'quarantined', reason: `"quoted" & 'single'` })],
        { leftOut: [{ name: '<script>', reason: '<i>' }], startReason: '</dd><script>alert(1)</script>' },
        '<b>because</b>',
      ),
    );
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('&quot;quoted&quot; &amp; &#39;single&#39;');
    expect(html).toContain('&lt;b&gt;because&lt;/b&gt;');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/<script|<img|<link|href=|@import|url\(/);
    expect(html).toContain('Find out why before the next try.');
  });
});
