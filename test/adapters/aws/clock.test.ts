import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../adapters/aws/clock.ts';

describe('system clock', () => {
  it('tells the time and sleeps', async () => {
    const before = systemClock.now().getTime();
    await systemClock.sleep(20);
    expect(systemClock.now().getTime() - before).toBeGreaterThanOrEqual(15);
  });
});
