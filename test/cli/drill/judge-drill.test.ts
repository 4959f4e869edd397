import { describe, expect, it } from '@jest/globals';
import { judgeDrill } from '../../../cli/drill/judge-drill.ts';
import { quarantined, sampleReport, stackSummary } from '../rehearse/sample-report.ts';

const back = stackSummary({ status: 'restored', after: stackSummary().before });
const never = stackSummary({ stack: 'app-0009', touched: false, status: 'skipped', after: stackSummary().before });
const judged = (fields: Parameters<typeof sampleReport>[0]) =>
  judgeDrill('web', sampleReport({ outcome: 'RESTORED', stacks: [back, never], ...fields }));

describe('judgeDrill', () => {
  it('passes when the campaign is restored and every touched stack is as it was', () => {
    expect(judged({})).toMatchObject({ passed: true, stacks: 2, touched: 1, back: 1, findings: [] });
  });

  it('fails when a touched stack is on another image, whatever its record says', () => {
    const { passed, touched, findings } = judged({ stacks: [back, stackSummary({ status: 'restored' })] });
    expect({ passed, touched }).toEqual({ passed: false, touched: 2 });
    expect(findings.join()).toMatch(/^app-0001 in 100000000001\/eu-west-1 is restored on ami-\w+, not back on ami-/);
  });

  it('fails with the reason when a stack was left alone', () => {
    const { findings } = judged({ outcome: 'RESTORE_INCOMPLETE', stacks: [quarantined] });
    expect(findings.join('\n')).toMatch(/ended RESTORE_INCOMPLETE.*\n.*not put back: UpdateFailed/);
  });

  it('fails when the campaign went on', () => {
    expect(judged({ outcome: 'PROMOTED' }).findings).toEqual(['the campaign ended PROMOTED, not RESTORED']);
  });

  it('fails when nothing was touched: then nothing was shown', () => {
    expect(judged({ stacks: [never] }).findings.join()).toContain('no stack was touched');
  });
});
