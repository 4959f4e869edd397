import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestToken } from '../../../domain/stack/request-token.ts';

const of = (campaignId = 'campaign-1', stackId = 'stack-1') => ({ campaignId, stackId });

describe('requestToken', () => {
  it('is what CloudFormation accepts, whatever the ids are', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('forward', 'restore'),
        fc.nat(),
        (campaign, stack, way, n) => {
          const token = requestToken(of(campaign, stack), way, n);
          expect(token).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]*$/);
          expect(token.length).toBeLessThanOrEqual(128);
        },
      ),
    );
  });

  it('is the same for every retry of one operation', () => {
    expect(requestToken(of(), 'forward', 1)).toBe(requestToken(of(), 'forward', 1));
  });

  it('differs by campaign, stack, direction and attempt', () => {
    const tokens = [
      requestToken(of(), 'forward', 1),
      requestToken(of('campaign-2'), 'forward', 1),
      requestToken(of('campaign-1', 'stack-2'), 'forward', 1),
      requestToken(of(), 'restore', 1),
      requestToken(of(), 'forward', 2),
      requestToken(of(), 'forward', 11),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('shows direction and number to whoever reads the events', () => {
    expect(requestToken(of(), 'restore', 3)).toMatch(/^ar-[0-9a-f]{12}-[0-9a-f]{20}-r3$/);
  });
});
