import { describe, expect, it } from '@jest/globals';
import { heldByTag } from '../../../domain/stack/hold-tag.ts';

const now = new Date('2026-11-03T23:30:00Z');
const held = (hold: string) => heldByTag({ 'ami-rollout:hold': hold }, now);

describe('the hold tag', () => {
  it('holds nothing where it is missing', () => {
    expect(heldByTag({}, now)).toBeNull();
  });

  it.each(['2026-11-03 freeze', '2026-11-04: freeze', '2026-11-03', 'until further notice', ''])(
    'holds with %j',
    (hold) => {
      expect(held(hold)).toBe(`held by its tag ami-rollout:hold: ${hold}`);
    },
  );

  it.each(['2026-11-02 freeze', '2026-11-02'])('has ended with %j', (hold) => {
    expect(held(hold)).toBeNull();
  });
});
