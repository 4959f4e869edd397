import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';

const cap = 8;
/** Every third account's stacks take ten times as long: by and by they would fill the ring. */
const stacks = Array.from({ length: 60 }, (_, index) => {
  const account = (index % 6) + 1;
  return {
    name: `app-${String(index).padStart(3, '0')}`,
    account: `10000000000${account}`,
    updateMinutes: account % 3 === 0 ? 60 : 6,
  };
});
const scenario = scenarioOf(
  {
    name: 'slow-targets',
    fleet: { accounts: 6, regions: ['eu-west-1'], stacks },
    policy: {
      stacks: { updateTimeoutMinutes: 120 },
      rings: [
        { name: 'canary', sharePercent: 5, approval: 'required', bakeMinutes: 10 },
        { name: 'full', sharePercent: null, approval: 'none', bakeMinutes: 10, cap, targetCap: 8 },
      ],
    },
  },
  'the test',
);

interface Line {
  readonly kind: string;
  readonly account?: string;
  readonly operation?: string;
  readonly outcome?: string;
  readonly subject?: string;
  readonly type?: string;
  readonly resources?: readonly string[];
}

describe('a ring whose targets wait for each other', () => {
  it('never has more of one target in work than its share: ceil(cap / active targets) + 1', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
    try {
      const eventsFile = join(folder, 'events.jsonl');
      const report = await rehearse(scenario, { configuration, eventsFile });
      expect(report.outcome).toBe('PROMOTED');
      const ringOf = new Map(report.stacks.map(({ stack, ring }) => [stack, ring]));
      const left = Map.groupBy(
        report.stacks.filter(({ ring }) => ring === 'full'),
        ({ account }) => account,
      );
      const waiting = new Map([...left].map(([account, { length }]) => [account, length]));
      const inWork = new Map<string, Set<string>>([...left.keys()].map((account) => [account, new Set()]));
      const over: string[] = [];
      let fullest = 0;
      for (const text of readFileSync(eventsFile, 'utf8').trimEnd().split('\n')) {
        const { kind, account = '', operation, outcome, subject = '', type, resources = [] } = JSON.parse(text) as Line;
        const nameOf = (id: string) => id.split('/')[1] ?? id;
        const ended = type === 'CloudFormation Stack Status Change' ? resources.map(nameOf) : [];
        for (const name of ended) inWork.get(account)?.delete(name);
        if (kind !== 'call' || operation !== 'UpdateStack' || outcome !== 'ok') continue;
        const name = nameOf(subject);
        if (ringOf.get(name) !== 'full') continue;
        const active = [...waiting.values()].filter((count) => count > 0).length;
        waiting.set(account, (waiting.get(account) ?? 0) - 1);
        const own = inWork.get(account)?.add(name).size ?? 0;
        fullest = Math.max(fullest, own);
        const share = Math.ceil(cap / active) + 1;
        if (own > share) over.push(`${name}: ${own} in work of ${account}, its share is ${share} of ${active} targets`);
      }
      expect(over).toEqual([]);
      // The rule was needed: some target was at its share.
      expect(fullest).toBeGreaterThanOrEqual(Math.ceil(cap / 6) + 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
