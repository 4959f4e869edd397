import { describe, expect, it } from '@jest/globals';
import { stackTable } from '../../../cli/rehearse/stack-table.ts';
import { plainTerminal } from '../plain-terminal.ts';
import { doneStacks, quarantined, stackSummary } from './sample-report.ts';

const widestLine = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('stackTable', () => {
  it('has one line a stack with everything in it, outside a terminal', () => {
    const [head, first, second] = stackTable([stackSummary(), quarantined], plainTerminal(null)).split('\n');
    expect(head).toMatch(/^stack +account\/region +ring +mode +status +before → after +reason$/);
    expect(first).toBe(
      'app-0001  100000000001/eu-west-1  canary  parameter  done         ami-0fbd99e1303f179e0 → ami-0e35ac790b457ac2a',
    );
    expect(second).toContain(quarantined.reason);
    expect(second).toContain(quarantined.after);
  });

  it('fits 80 columns: grouped by ring, images shortened, reasons below', () => {
    const stacks = [stackSummary(), quarantined, stackSummary({ stack: 'web-with-a-rather-long-name', ring: 'full' })];
    const text = stackTable(stacks, plainTerminal(80));
    expect(widestLine(text)).toBeLessThanOrEqual(80);
    expect(text).toContain('canary ring\n');
    expect(text).toContain('…f179e0 → …57ac2a');
    expect(text).toContain('↳ not put back: UpdateFailed:');
  });

  it('does not explain the ordinary: a stack that was current already', () => {
    const skipped = stackSummary({ status: 'skipped', reason: 'current', after: stackSummary().before });
    expect(stackTable([skipped], plainTerminal(80))).not.toContain('↳');
  });

  it('fits 160 columns with everything in one table', () => {
    const text = stackTable([stackSummary(), quarantined], plainTerminal(160));
    expect(widestLine(text)).toBeLessThanOrEqual(160);
    expect(text).toMatch(/reason\n/);
  });

  it('shows of a large fleet the exceptions, worst first, and a few others', () => {
    const failed = stackSummary({ stack: 'app-0003', status: 'failed', ring: 'full' });
    const text = stackTable([...doneStacks(500), failed, quarantined], plainTerminal(null));
    const names = text.split('\n').map((line) => line.split(' ')[0]);
    expect(names.slice(1, 4)).toEqual(['app-0002', 'app-0003', 'app-1000']);
    expect(text).toContain('… and 495 more, none of them an exception; --json has them all.');
  });

  it('says how many exceptions it leaves out', () => {
    const failed = Array.from({ length: 70 }, (_, index) => stackSummary({ stack: `x-${index}`, status: 'failed' }));
    expect(stackTable(failed, plainTerminal(null))).toContain('… and 30 more, 30 of them exceptions');
  });

  it('is empty without stacks', () => {
    expect(stackTable([], plainTerminal(80))).toBe('');
  });
});
