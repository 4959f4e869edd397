import { describe, expect, it } from '@jest/globals';
import pc from 'picocolors';
import { ringBar } from '../../../cli/rehearse/ring-bar.ts';
import { RingTally } from '../../../cli/rehearse/ring-tally.ts';
import type { StackStatus } from '../../../domain/words.ts';

const plain = pc.createColors(false);

const tallyOf = (planned: number, statuses: readonly StackStatus[]): RingTally => {
  const tally = new RingTally('full');
  tally.planned = planned;
  for (const [index, status] of statuses.entries()) tally.note(`app-${index}`, status);
  return tally;
};

describe('ringBar', () => {
  it('shows how far a ring is', () => {
    const bar = ringBar(tallyOf(4, ['done', 'done']), 79, plain);
    expect(bar).toBe(`  full        ${'█'.repeat(12)}${'░'.repeat(13)}        2/4  2 done`);
  });

  it('shows a single failure among thousands, and never grows too wide', () => {
    const statuses = [...Array.from({ length: 5000 }, () => 'done' as const), 'failed' as const, 'restored' as const];
    const colored = pc.createColors(true);
    const bar = ringBar(tallyOf(5002, statuses), 79, colored);
    expect(bar).toContain(colored.red('█'));
    expect(bar).toContain(colored.yellow('█'));
    expect(ringBar(tallyOf(5002, statuses), 79, plain).length).toBeLessThanOrEqual(79);
  });
});
