import { describe, expect, it } from '@jest/globals';
import { requireTarget } from '../../../cli/inventory/require-target.ts';

const refused = (number: number) =>
  Array.from({ length: number }, (_, index) => ({
    account: String(100000000001 + index),
    region: 'eu-west-1',
    reason: `no role ${index}`,
  }));
const counts = (targets: number) => ({ targets, seen: 0, notOptedIn: 0, otherFamilies: 0 });

describe('requireTarget', () => {
  it('is content with one target that was read', () => {
    expect(() => requireTarget({ unreachable: refused(2), counts: counts(3) })).not.toThrow();
  });

  it('refuses an inventory without any, and says why for the first of them', () => {
    expect(() => requireTarget({ unreachable: refused(7), counts: counts(7) })).toThrow(
      /^no target could be read, nothing was written:\n {2}100000000001\/eu-west-1: no role 0\n[^]* {2}… and 2 more\n/,
    );
  });
});
