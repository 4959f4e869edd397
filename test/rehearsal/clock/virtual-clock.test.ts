import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { withVirtualClock } from '../../../rehearsal/clock/virtual-clock.ts';

const START = '2026-11-22T08:00:00.000Z';
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('withVirtualClock', () => {
  it('lets an hour pass without waiting for it', async () => {
    const began = performance.now();
    const seen = await withVirtualClock(START, (clock) =>
      clock.run(after(3_600_000).then(() => [new Date().toISOString(), Date.now() - Date.parse(START), clock.now()])),
    );
    expect(seen).toEqual(['2026-11-22T09:00:00.000Z', 3_600_000, Date.parse(START) + 3_600_000]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('waits for as long as it is told, beyond the 24.8 days of a timer of Node', async () => {
    const days = await withVirtualClock(START, (clock) =>
      clock.run(after(40 * 86_400_000).then(() => (Date.now() - Date.parse(START)) / 86_400_000)),
    );
    expect(days).toBe(40);
  });

  it('fires timers of the same instant in the order of their creation', async () => {
    const fired: string[] = [];
    const timer = (name: string, ms: number) => after(ms).then(() => fired.push(`${name} ${Date.now() % 1_000}`));
    await withVirtualClock(START, (clock) =>
      clock.run(
        Promise.all([timer('a', 20), timer('b', 10), timer('c', 20), after(10).then(() => timer('d', 10))]).then(),
      ),
    );
    expect(fired).toEqual(['b 10', 'a 20', 'c 20', 'd 20']);
  });

  it('does not advance before microtasks and a turn of the real event loop have passed', async () => {
    const seen: string[] = [];
    await withVirtualClock(START, async (clock) => {
      const chain = async () => {
        for (let i = 0; i < 100; i += 1) await Promise.resolve();
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`chain at ${Date.now() - Date.parse(START)}`);
      };
      void after(1).then(() => seen.push('timer'));
      await clock.run(Promise.all([chain(), after(1)]).then());
    });
    expect(seen).toEqual(['chain at 0', 'timer']);
  });

  it('lets a timer be cleared by what an earlier one of the same instant set in motion', async () => {
    let late = false;
    await withVirtualClock(START, async (clock) => {
      const work = after(1_000);
      const limit = setTimeout(() => (late = true), 1_000);
      await clock.run(work.then(() => clearTimeout(limit)));
      await clock.run(after(10));
    });
    expect(late).toBe(false);
  });

  it('repeats an interval until it is cleared', async () => {
    const at: number[] = [];
    await withVirtualClock(START, (clock) =>
      clock.run(
        new Promise<void>((resolve) => {
          const interval = setInterval(() => {
            at.push(Date.now() - Date.parse(START));
            if (at.length === 3) {
              clearInterval(interval);
              resolve();
            }
          }, 60_000);
        }),
      ),
    );
    expect(at).toEqual([60_000, 120_000, 180_000]);
  });

  it('says what is missing when nothing is left to happen', async () => {
    const stuck = withVirtualClock(START, (clock) => {
      clock.explainPending(() => ["campaign-1 in 'Approve Full'"]);
      return clock.run(after(5_000).then(() => new Promise(() => undefined)));
    });
    await expect(stuck).rejects.toThrow(
      "nothing left to happen at 2026-11-22T08:00:05.000Z; still waiting:\n  campaign-1 in 'Approve Full'",
    );
  });

  it('gives up at the limit of virtual time', async () => {
    const endless = async () => {
      for (;;) await after(3_600_000);
    };
    await expect(withVirtualClock(START, (clock) => clock.run(endless()), { maxDays: 2 })).rejects.toThrow(
      'still running at 2026-11-24T09:00:00.000Z, the limit of virtual time',
    );
  });

  it('stands still while it is held', async () => {
    const seen: string[] = [];
    await withVirtualClock(START, async (clock) => {
      const read = async () => {
        const release = clock.hold();
        await readFile(new URL(import.meta.url));
        seen.push(`read at ${Date.now() - Date.parse(START)}`);
        release();
        release();
      };
      await clock.run(Promise.all([after(1).then(() => seen.push('timer')), read()]).then());
    });
    expect(seen).toEqual(['read at 0', 'timer']);
  });

  it('grants a moment of real time to real work before it declares a run stuck', async () => {
    const text = await withVirtualClock(START, (clock) => clock.run(readFile(new URL(import.meta.url), 'utf8')));
    expect(text).toContain('grants a moment');
  });

  it('fails as the promise fails, and puts the real timers back whatever happens', async () => {
    const real = [setTimeout, clearTimeout, setInterval, clearInterval, Date];
    const broken = withVirtualClock(START, (clock) =>
      clock.run(after(5).then(() => Promise.reject(new Error('the body broke')))),
    );
    await expect(broken).rejects.toThrow('the body broke');
    expect([setTimeout, clearTimeout, setInterval, clearInterval, Date]).toEqual(real);
    expect(Date.now()).not.toBe(Date.parse(START));
  });

  it('runs again after a run, and never fires what a run left behind', async () => {
    let fired = false;
    await withVirtualClock(START, async () => {
      await Promise.resolve();
      setTimeout(() => (fired = true), 1);
    });
    const now = await withVirtualClock('2027-01-01T00:00:00Z', (clock) => clock.run(after(10).then(() => clock.now())));
    expect([now, fired]).toEqual([Date.parse('2027-01-01T00:00:00.010Z'), false]);
  });

  it('refuses a second clock inside the first, and a start that is no time', async () => {
    await expect(
      withVirtualClock(START, () => withVirtualClock(START, () => Promise.resolve('inner'))),
    ).rejects.toThrow('already installed');
    await expect(withVirtualClock('tomorrow', () => Promise.resolve(1))).rejects.toThrow('not an ISO 8601 time');
  });
});
