import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { timelinePage } from '../../../../cli/rehearse/html/page.ts';
import { Recording } from '../../../../cli/rehearse/html/recording.ts';
import { chromiumPath, launchChromium } from '../../../console/pages/chromium.ts';
import { runCli } from '../../run-cli.ts';
import { sampleReport, stackSummary } from '../sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-html-'));
afterAll(() => rmSync(folder, { recursive: true }));

const patient = 60_000;
const rings = [
  { name: 'canary', bakeMinutes: 30 },
  { name: 'full', bakeMinutes: 60 },
];
const minute = 60_000;

/** The page that the command writes for a scenario. */
const written = async (scenario: string, ...args: string[]) => {
  const file = join(folder, `${scenario}.html`);
  const { code } = await runCli(['rehearse', '--scenario', scenario, '--html', file, '--json', ...args]);
  return { code, file, page: readFileSync(file, 'utf8') };
};

/** What a page shows as text, in its order. */
const textOf = (page: string): string =>
  page
    .slice(page.indexOf('<body>'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('rehearse --html', () => {
  it(
    'shows the gates, the canaries that failed and went back, the restore, and the reason',
    async () => {
      const { code, page } = await written('canary-breaks');
      expect(code).toBe(0);
      const text = textOf(page);
      expect(text).toMatch(/RESTORED Something went wrong; every stack that was touched is back as it was\./);
      expect(text).toMatch(/Gates Tag Check .* Inspector Scan 25 min .*Canary ring 2 stacks: 2 restored/);
      expect(text).toMatch(/Close ✗ failed .*app-0001 100000000001\/eu-west-1 restored.*Outcome Restore 12 min/);
      expect(text).toContain('Received 1 FAILURE signal(s) out of 1');
      // There and back: one bar that failed, one of the restore.
      const row = page.slice(page.indexOf('>app-0001 '), page.indexOf('>app-0003 '));
      expect([...row.matchAll(/<i\s+class="(\w+)"/g)].map(([, tone]) => tone)).toEqual(['bad', 'warning']);
    },
    patient,
  );

  it(
    'shows bake, approval and promotion of a campaign that goes all the way',
    async () => {
      const text = textOf((await written('default')).page);
      expect(text).toMatch(
        /Canary ring .*Stacks 12 min Bake 30 min Approval 30 min .*Full ring .*Bake 1 h .*Promotion/,
      );
      expect(text).not.toContain('Stacks to look at');
    },
    patient,
  );

  it(
    'refers to nothing outside itself and runs nothing',
    async () => {
      const { page } = await written('full-ring-breaks');
      expect(page).not.toMatch(/<script|<link|<img|\bsrc=|\bhref=|url\(|@import|https?:/);
    },
    patient,
  );

  it('escapes what comes from outside', () => {
    const evil = '<img src=x onerror="alert(1)">';
    const recording = new Recording(rings);
    const stack = { campaignId: 'c', ring: 'canary', stack: evil, account: '1', region: 'r' } as const;
    recording.next({ kind: 'execution', at: 0, name: 'c', status: 'RUNNING' });
    recording.next({ kind: 'work', at: minute, ...stack });
    recording.next({ kind: 'stack', at: 2 * minute, ...stack, status: 'failed', reason: evil });
    recording.next({ kind: 'operation', at: 3 * minute, person: evil, what: 'halt', message: evil });
    const report = sampleReport({
      scenario: evil,
      reason: evil,
      gates: [{ gate: evil, passed: false, reasons: [evil] }],
      stacks: [stackSummary({ ...stack, status: 'failed', reason: evil, after: evil })],
    });
    const page = timelinePage(report, recording, evil);
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  it('stays small and readable with thousands of stacks', () => {
    const recording = new Recording(rings);
    recording.next({ kind: 'execution', at: 0, name: 'c', status: 'RUNNING' });
    recording.next({ kind: 'state', at: 0, machine: 'm', campaignId: 'c', state: 'Full Ring' });
    const stacks = Array.from({ length: 6000 }, (_, index) => {
      const place = { stack: `app-${index}`, account: String(100_000_000_000 + (index % 100)), region: 'eu-west-1' };
      const at = (index % 50) * minute;
      const status = index % 20 === 0 ? 'failed' : 'done';
      recording.next({ kind: 'work', at, campaignId: 'c', ring: 'full', ...place });
      recording.next({
        kind: 'stack',
        at: at + minute,
        campaignId: 'c',
        ring: 'full',
        ...place,
        status,
        reason: 'why',
      });
      return stackSummary({ ...place, ring: 'full', status, reason: 'why' });
    });
    const report = sampleReport({
      stacks,
      rings: [{ ring: 'full', planned: 6000, done: 5700, failed: 300, skipped: 0, restored: 0, quarantined: 0 }],
    });
    const page = timelinePage(report, recording, undefined);
    expect(page.length).toBeLessThan(250_000);
    const text = textOf(page);
    expect(text).toContain('6,000 stacks, by account and region');
    expect(text).toContain('260 more stacks to look at and 40 more targets: rehearse --json lists every stack.');
    expect(text).toMatch(/100000000001\/eu-west-1 60 done/);
    expect(text).toMatch(/… and 200 more stacks: rehearse --json lists them all\./);
  });

  it('counts a retried call as the same go at a stack', () => {
    const recording = new Recording(rings);
    const stack = { campaignId: 'c', ring: 'canary', stack: 'app', account: '1', region: 'r' } as const;
    recording.next({ kind: 'execution', at: 0, name: 'c', status: 'RUNNING' });
    recording.next({ kind: 'work', at: minute, ...stack });
    recording.next({ kind: 'work', at: 2 * minute, ...stack });
    recording.next({ kind: 'stack', at: 5 * minute, ...stack, status: 'failed', reason: '' });
    recording.next({ kind: 'work', at: 6 * minute, ...stack });
    recording.next({ kind: 'work', at: 6 * minute, ...stack, campaignId: 'other' });
    const [recorded] = recording.stacks.values();
    expect(recorded?.spans.map(({ from, to }) => [from / minute, to && to / minute])).toEqual([
      [1, 5],
      [6, null],
    ]);
  });

  (chromiumPath === undefined ? it.skip : it)(
    'fits a telephone and a desk, light and dark',
    async () => {
      const { file } = await written('full-ring-breaks');
      const browser = await launchChromium();
      try {
        for (const [width, colorScheme] of [
          [360, 'dark'],
          [1280, 'light'],
        ] as const) {
          const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
          await page.goto(pathToFileURL(file).href);
          const seen = await page.evaluate<{ wider: number; paper: string }>(
            `({
              wider: document.documentElement.scrollWidth - innerWidth,
              paper: getComputedStyle(document.documentElement).backgroundColor,
            })`,
          );
          expect({ width, ...seen }).toEqual({
            width,
            wider: 0,
            paper: colorScheme === 'dark' ? 'rgb(21, 24, 28)' : 'rgb(255, 255, 255)',
          });
        }
      } finally {
        await browser.close();
      }
    },
    patient,
  );
});
