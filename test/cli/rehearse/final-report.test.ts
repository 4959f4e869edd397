import { describe, expect, it } from '@jest/globals';
import { finalReport } from '../../../cli/rehearse/final-report.ts';
import { outcomes } from '../../../domain/words.ts';
import { plainTerminal } from '../plain-terminal.ts';
import { quarantined, sampleReport, stackSummary } from './sample-report.ts';

describe('finalReport', () => {
  it('says what a campaign came to', () => {
    expect(finalReport(sampleReport(), plainTerminal(null))).toBe(`\
PROMOTED
The image is rolled out and is now the current one of its family.

  campaign     rehearsal-default-7
  gates        all 1 passed
  rings        canary: 1 planned, 1 done
  time         2 h 57 min in virtual time, 0.6 s in real time
               (cannot be under 2 h 48 min: scan, bakes, approvals, updates)
  transitions  277, 6 per updated stack
  calls        52 to AWS, 3 throttled; most: cloudformation.UpdateStack 40, ssm.GetParameter 12
  cost         $0.0104 for a campaign like this, before free tiers
  definition   2be05cf5f6d7, seed 7, event log 626b86a6f27e

✓ As expected (PROMOTED); exit code 0.
`);
  });

  it('puts first what a person must do', () => {
    const text = finalReport(
      sampleReport({
        outcome: 'RESTORE_INCOMPLETE',
        reason: 'GateRejected: an alarm went off',
        gates: [{ gate: 'Recheck Gates (canary)', passed: false, reasons: ['An alarm went off.'] }],
        stacks: [stackSummary({ status: 'restored' }), quarantined],
      }),
      plainTerminal(80),
    );
    expect(text).toMatch(
      /^RESTORE_INCOMPLETE\n.*need a person\.\nBecause: GateRejected: an alarm went off\n\n1 stack needs a person:\n {2}app-0002 {2}100000000001\/eu-west-1 {2}quarantined\n {4}not put back: /,
    );
    expect(text).toContain('0 of 1 passed\n               ✗ Recheck Gates (canary): An alarm went off.');
    expect(text).toContain('✗ Expected was PROMOTED; exit code 4.');
    expect(text).not.toContain('cannot be under');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('does not hide stacks that a promotion left out', () => {
    const stacks = [
      stackSummary(),
      stackSummary({ status: 'restored' }),
      stackSummary({ status: 'skipped', reason: 'held' }),
    ];
    expect(finalReport(sampleReport({ stacks }), plainTerminal(80))).toContain(
      'But 2 stacks did not get it (1 restored, 1 skipped): the table says why.',
    );
  });

  it('has words for every outcome, and for none', () => {
    const meanings = [...outcomes, 'NONE'].map(
      (outcome) => finalReport(sampleReport({ outcome }), plainTerminal(null)).split('\n')[1],
    );
    expect(new Set(meanings).size).toBe(outcomes.length + 1);
    expect(meanings.at(-1)).toBe('No campaign came to an end.');
  });
});
