import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TimerQueue, type VirtualTimer } from '../../../rehearsal/clock/timer-queue.ts';

const nothing = () => undefined;

describe('TimerQueue', () => {
  it('fires by time, then by creation, whatever was cleared in between', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 20 }) }) },
      { weight: 2, arbitrary: fc.record({ clear: fc.nat() }) },
      { weight: 1, arbitrary: fc.constant('next' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 600 }), (steps) => {
        const queue = new TimerQueue();
        const fired: number[] = [];
        const timers: VirtualTimer[] = [];
        // The same by the plainest means: a list that is searched.
        let expected: { at: number; name: number }[] = [];
        const expectedFired: number[] = [];
        const next = () => {
          queue.next()?.callback();
          const first = expected.toSorted((a, b) => a.at - b.at || a.name - b.name)[0];
          if (first !== undefined) expectedFired.push(first.name);
          expected = expected.filter((one) => one !== first);
        };
        for (const what of steps) {
          if (what === 'next') next();
          else if ('add' in what) {
            const name = timers.length;
            timers.push(queue.add(what.add, () => fired.push(name)));
            expected.push({ at: what.add, name });
          } else if (timers.length > 0) {
            const name = what.clear % timers.length;
            queue.clear(timers[name]);
            expected = expected.filter((one) => one.name !== name);
          }
          expect(queue.size).toBe(expected.length);
        }
        while (queue.size > 0) next();
        expect(fired).toEqual(expectedFired);
      }),
      { numRuns: 50 },
    );
  });

  it('clears by the number of a timer too, and ignores what is none', () => {
    const queue = new TimerQueue();
    const timer = queue.add(1, nothing);
    queue.clear(undefined);
    queue.clear('1');
    queue.clear(99);
    expect([queue.size, timer.hasRef()]).toEqual([1, true]);
    queue.clear(Number(timer));
    queue.clear(timer);
    expect([queue.size, timer.hasRef(), queue.next()]).toEqual([0, false, undefined]);
  });

  it('puts an interval back until it is cleared', () => {
    const queue = new TimerQueue();
    const timer = queue.add(10, nothing, 10);
    expect([queue.next()?.at, queue.next()?.at]).toEqual([10, 20]);
    queue.clear(timer);
    expect(queue.next()).toBeUndefined();
  });
});
