import { describe, expect, it } from '@jest/globals';
import { isAsShown } from './output.ts';

describe('an output that a page shows', () => {
  const output = 'one  \ntwo in 3.1 s\nthree\n\nfour\n';

  it.each([
    'one\ntwo in 3.1 s\nthree\n\nfour',
    'one\ntwo in … s\nthree\n\nfour',
    'one\n…\nfour',
    '…\nthree\n…',
    '…\nfour',
    '…\none\n…\nthree\n…',
  ])('is %j', (shown) => expect(isAsShown(shown, output)).toBe(true));

  it.each(['one', 'one\n…\nfive', 'one\ntwo in … min\n…', '…\ntwo', 'four\n…\none', 'one\n…\nthre'])(
    'is not %j',
    (shown) => expect(isAsShown(shown, output)).toBe(false),
  );
});
