import { describe, expect, it } from '@jest/globals';
import { fittedTable } from '../../../cli/terminal/fitted-table.ts';
import { plainTerminal } from '../plain-terminal.ts';

const head = ['stack', 'account/region', 'findings'];
const finding = 'outdated: the promoted image is ami-0123456789abcdef0; expired: its image is 31 days old';
const rows = [
  ['web', '100000000001/eu-west-1', finding],
  ['api', '100000000001/eu-west-1', ''],
];
const widest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length));

describe('fittedTable', () => {
  it('is one line a row where lines may be of any length', () => {
    const lines = fittedTable(head, rows, plainTerminal(null)).split('\n');
    expect(lines).toEqual([
      'stack  account/region          findings',
      `web    100000000001/eu-west-1  ${finding}`,
      'api    100000000001/eu-west-1',
      '',
    ]);
  });

  it.each([80, 60, 40])('is no wider than a terminal of %i columns, and leaves nothing out', (columns) => {
    const text = fittedTable(head, rows, plainTerminal(columns));
    expect(widest(text)).toBeLessThanOrEqual(columns);
    for (const word of [...finding.split(' '), 'web', 'api', '100000000001/eu-west-1']) expect(text).toContain(word);
  });

  it('gives each row some lines where not even its text fits beside the rest', () => {
    expect(fittedTable(head, rows, plainTerminal(40)).split('\n').slice(0, 3)).toEqual([
      'web',
      '  account/region  100000000001/eu-west-1',
      '  findings        outdated: the promoted',
    ]);
  });
});
