import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approvalView } from '../../console/views/approval.ts';
import { campaignView, type CampaignPage } from '../../console/views/campaign.ts';
import { page } from '../../console/views/layout.ts';
import { machineDefinitions } from '../../infra/machine-definitions.ts';
import { aConfiguration } from '../domain/fakes/configuration.ts';
import { hostileText } from './hostile-text.ts';

/** The page with the same text wherever somebody outside the product has a say. */
const shown = (text: string): CampaignPage => {
  const approval = {
    ring: 'canary',
    image: text,
    planHash: text,
    requestedAt: '2026-11-22T12:00:00.000Z',
    expiresAt: '2026-11-23T12:00:00.000Z',
    approversNeeded: 1,
    decisions: [{ person: text, decision: 'approve' as const, reason: text, at: '2026-11-22T12:30:00.000Z' }],
    state: 'open' as const,
    summary: [{ label: text, text }],
  };
  const counts = {
    pending: 0,
    holding: 0,
    updating: 0,
    verifying: 0,
    done: 1,
    failed: 1,
    skipped: 0,
    restoring: 0,
    restored: 0,
    quarantined: 0,
  };
  return {
    status: {
      campaignId: 'campaign-1',
      family: text,
      category: 'base',
      image: { id: text, region: text },
      environments: [text],
      starter: text,
      startReason: text,
      dryRun: false,
      drill: {
        stackName: text,
        account: '100000000001',
        region: 'eu-west-1',
        provenAt: null,
        result: { succeeded: true, minutesToRestore: 12 },
      },
      startedAt: '2026-11-22T10:00:00.000Z',
      endedAt: null,
      phase: 'running',
      outcome: null,
      reason: text,
      planned: 2,
      imageSet: { 'eu-west-1': text },
      executionArn: text,
      planHash: text,
      halted: text,
      leftOut: [{ name: text, reason: text }],
      counts,
      rings: [{ ring: 'canary', planned: 2, state: 'awaiting approval', counts, approval }],
      gates: [
        { gate: text, ring: null, passed: false, reasons: [text], startedAt: '', at: '2026-11-22T10:00:00.000Z' },
      ],
      causes: [{ status: 'failed', reason: text, stacks: 1, examples: [text] }],
      adoption: { instances: 2, onImage: 1, percent: 50, hours: { 50: 1, 90: null, 100: null } },
      estimate: { endsAt: '2026-11-22T14:00:00.000Z', remainingMinutes: 60, basis: text },
    } as unknown as CampaignPage['status'],
    where: { queued: false, closedRings: [], breachedRing: null },
    machine: machineDefinitions(aConfiguration())[0]?.definition ?? null,
    verdicts: [
      {
        gate: text,
        passed: false,
        reasons: [text],
        evidence: { [text === '' ? 'key' : text]: text },
        at: '2026-11-22T10:00:00.000Z',
      },
    ] as unknown as CampaignPage['verdicts'],
    stacks: {
      items: [
        {
          stackId: text,
          stackName: text,
          account: '100000000001',
          region: 'eu-west-1',
          environment: text,
          ring: 'canary',
          mode: 'parameter',
          status: 'failed',
          reason: text,
          image: text,
          previousImage: text,
          replacement: null,
          instances: { [text]: 1 },
          claimedAt: null,
          endedAt: null,
        },
      ],
      next: null,
    },
    filter: { ring: null, status: null },
    events: [
      {
        at: '2026-11-22T10:00:00.000Z',
        who: text,
        what: text,
        why: text,
        stack: { name: text, account: '100000000001', region: 'eu-west-1' },
      },
    ],
    session: { subject: text, groups: [text], name: text, csrf: 'csrf' },
    may: ['halt', 'abort', 'approve'] as unknown as CampaignPage['may'],
    extra: '',
  };
};

/** The tags of the page with their attributes' names, without any text or value. */
const skeleton = (markup: string): readonly string[] =>
  (markup.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));

const framed = async (body: unknown, text: string): Promise<string> =>
  String(
    await page({
      title: text,
      body: (await body) as never,
      session: { subject: text, groups: [], name: text, csrf: 'csrf' },
      families: ['al2023-base'],
      refreshSeconds: null,
      said: null,
    } as never),
  );

const views: Readonly<Record<string, (of: CampaignPage) => unknown>> = {
  campaign: campaignView,
  approval: ({ status, stacks, verdicts, session }) => {
    const [ring] = status.rings;
    if (!ring?.approval) throw new Error('the ring asks for nothing');
    return approvalView({
      status,
      ring,
      approval: ring.approval,
      stacks: stacks.items,
      verdicts,
      session,
      barred: null,
    });
  },
};

describe.each(Object.entries(views))('the page of a %s', (_, view) => {
  it('has the same tags whatever the texts are that others have a say in', async () => {
    const harmless = skeleton(await framed(view(shown('harmless')), 'harmless'));
    expect(harmless.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        expect(skeleton(await framed(view(shown(text)), text))).toEqual(harmless);
      }),
      { numRuns: 60 },
    );
  });

  it('shows such text as text', async () => {
    const markup = await framed(view(shown('<script>alert(1)</script>')), 'title');
    expect(markup).not.toContain('<script>alert');
    expect(markup).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
