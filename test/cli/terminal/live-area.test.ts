import { describe, expect, it } from '@jest/globals';
import { LiveArea } from '../../../cli/terminal/live-area.ts';
import { plainTerminal } from '../plain-terminal.ts';

describe('LiveArea', () => {
  it('takes its lines away before it writes text that stays', () => {
    const terminal = plainTerminal(80);
    const area = new LiveArea(terminal);
    area.show(() => ['one', 'two']);
    area.print('stays\n');
    area.show(() => ['three']);
    area.clear();
    expect(terminal.text()).toBe('one\ntwo\n\u001b[2A\u001b[0Jstays\nthree\n\u001b[1A\u001b[0J');
  });

  it('does not draw again at once', () => {
    const terminal = plainTerminal(80);
    const area = new LiveArea(terminal);
    area.show(() => ['one']);
    area.show(() => ['two']);
    expect(terminal.text()).toBe('one\n');
  });

  it('draws no more lines than the terminal has, which could not be taken away again', () => {
    const terminal = plainTerminal(80, 5);
    new LiveArea(terminal).show(() => ['1', '2', '3', '4', '5', '6']);
    expect(terminal.text()).toBe('1\n2\n3\n');
  });
});
