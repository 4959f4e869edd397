import { describe, expect, it } from '@jest/globals';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { record as recordStack } from '../../../domain/stack/record.ts';
import { settleUpdate } from '../../../domain/stack/settle-update.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { readAgain, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aTask } from '../fakes/stack-record.ts';
import { aStack, parameters } from '../fakes/stacks.ts';
import type { World } from '../fakes/world.ts';
import { back, restoring, tokenOf, worldWith } from './apply-world.ts';
import { nextOf } from './next-of.ts';

const alarm = 'arn:aws:cloudwatch:eu-west-1:1:alarm:errors: of the web';
const triggers = { triggers: [{ arn: alarm, type: 'AWS::CloudWatch::Alarm' }], monitoringMinutes: 10 };
const startedAt = '2026-11-22T11:00:00.000Z';
const touched = (over: Partial<StackRecord> = {}) =>
  aClaimedStack({
    status: 'restoring',
    touched: true,
    operation: { requestToken: 'ar-f1', direction: 'forward', attempt: 1, startedAt },
    ...over,
  });
const ended = (world: World, record: StackRecord, failure: { Error: string; Cause: string } | null = null) =>
  nextOf(recordStack(world)({ ...aTask(record, 'restore'), failure }));
const failed = { Error: 'UpdateFailed', Cause: 'Group: no capacity' };

describe('a restore that fails', () => {
  it('is tried again as an operation of its own number, and no more often than allowed', async () => {
    const { world, record } = await worldWith(touched(), restoring);
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    const tokens: string[] = [];
    for (const next of ['restore', 'restore', 'end']) {
      await back(world, record);
      tokens.push(await tokenOf(world, record));
      expect(await ended(world, record, failed)).toBe(next);
    }
    expect(tokens.map((token) => token.slice(-3))).toEqual(['-r2', '-r3', '-r4']);
    expect(world.stacks.updates).toHaveLength(3);
    expect(await readAgain(world, record)).toMatchObject({
      status: 'quarantined',
      reason: 'not put back: UpdateFailed: Group: no capacity',
    });
  });

  it.each(['ForeignChange', 'Fenced'])('is not tried again after %s', async (Error) => {
    const { world, record } = await worldWith(touched(), restoring);
    expect(await ended(world, record, { Error, Cause: 'no' })).toBe('end');
    expect(await readAgain(world, record)).toMatchObject({ status: 'quarantined' });
  });
});

describe('a stack whose rollback got stuck', () => {
  const stuck = (world: World) =>
    world.stacks.put(aStack({ status: 'UPDATE_ROLLBACK_FAILED', parameters: parameters(oldImage) }));

  it('is continued with nothing left out, then without what it got stuck at, and no more', async () => {
    const { world, record } = await worldWith(touched(), restoring);
    stuck(world);
    world.stacks.stuck = ['SecurityGroup'];
    await back(world, record);
    const first = await tokenOf(world, record);
    await ended(world, record, failed);
    await back(world, record);
    const second = await tokenOf(world, record);
    await ended(world, record, failed);
    world.stacks.stuck = ['Inner.Role'];
    await back(world, record);
    expect(world.stacks.calls.filter((call) => call.startsWith('continue'))).toEqual([
      `continueRollback ${first}`,
      `continueRollback ${second} without SecurityGroup`,
      `continueRollback ${await tokenOf(world, record)} without SecurityGroup without Inner.Role`,
    ]);
    expect((await trailOf(world, 'campaign-1', record.stackId)).at(-1)).toMatchObject({
      evidence: { operation: 'continueRollback', skippedResources: ['SecurityGroup', 'Inner.Role'] },
    });
  });

  it('keeps what it waits for when the call is retried while it runs', async () => {
    const { world, record } = await worldWith(touched(), restoring);
    stuck(world);
    await back(world, record);
    world.stacks.put(aStack({ status: 'UPDATE_ROLLBACK_IN_PROGRESS' }));
    await back(world, record, 'token-2');
    expect(await findWait(world, await tokenOf(world, record))).toMatchObject({
      taskToken: 'token-2',
      context: { continuesRollback: true },
    });
  });

  it('is not back where the rollback leads to the new image: then it is updated', async () => {
    const { world, record } = await worldWith(touched(), restoring);
    world.stacks.put(aStack({ status: 'UPDATE_FAILED', parameters: parameters(newImage) }));
    await back(world, record);
    const token = await tokenOf(world, record);
    expect(world.stacks.calls).toContain(`rollback ${token}`);
    world.stacks.put(aStack({ status: 'UPDATE_ROLLBACK_COMPLETE', parameters: parameters(newImage) }));
    await settleUpdate(world, (await findWait(world, token))!, 'UPDATE_ROLLBACK_COMPLETE', '');
    expect(world.executions.completed).toEqual([
      { taskToken: 'token-1', error: 'UpdateFailed', cause: `the rollback has ended on ${newImage}` },
    ]);
    await ended(world, record, failed);
    await back(world, record, 'token-2');
    expect(world.stacks.updates).toMatchObject([{ value: oldImage }]);
  });
});

describe('red rollback triggers', () => {
  const red = async (state: 'ALARM' | 'OK' = 'ALARM') => {
    const given = await worldWith(touched(), restoring);
    given.world.stacks.put(aStack({ parameters: parameters(newImage), rollback: triggers }));
    given.world.alarms.found = [{ name: 'errors: of the web', state }];
    return given;
  };
  /** The update that takes the triggers off has ended. */
  const setAside = async () => {
    const { world, record } = await red();
    await back(world, record);
    world.stacks.put(aStack());
    return { world, record };
  };

  it('stay where they are green', async () => {
    const { world, record } = await red('OK');
    await back(world, record);
    expect(world.stacks.updates[0]).not.toHaveProperty('rollback');
  });

  it('are recorded and audited before they are taken off', async () => {
    const { world, record } = await red();
    world.stacks.onUpdate = async () => {
      expect(await readAgain(world, record)).toMatchObject({ setAside: triggers });
      expect((await trailOf(world, 'campaign-1', record.stackId)).at(-1)).toMatchObject({
        what: 'set rollback triggers aside',
        evidence: { rollback: triggers },
      });
      return true;
    };
    await back(world, record);
    expect(world.stacks.updates).toMatchObject([{ rollback: { triggers: [], monitoringMinutes: 0 } }]);
    expect.assertions(3);
  });

  it('are put on again by an update of its own once they are green, and that is audited', async () => {
    const { world, record } = await setAside();
    expect(await ended(world, record)).toBe('restore');
    world.alarms.found = [{ name: 'errors: of the web', state: 'OK' }];
    await back(world, record);
    expect(world.stacks.updates.at(-1)).toMatchObject({ value: null, rollback: triggers });
    world.stacks.put(aStack({ rollback: triggers }));
    await settleUpdate(world, (await findWait(world, await tokenOf(world, record)))!, 'UPDATE_COMPLETE', '');
    expect(await readAgain(world, record)).toMatchObject({ setAside: null });
    expect((await trailOf(world, 'campaign-1', record.stackId)).at(-1)).toMatchObject({
      what: 'rollback triggers reinstated',
    });
    expect(await ended(world, record)).toBe('end');
    expect(await readAgain(world, record)).toMatchObject({ status: 'restored' });
  });

  it('leave the stack quarantined where they never turn green', async () => {
    const { world, record } = await setAside();
    let tries = 1;
    while ((await ended(world, record)) === 'restore') {
      await back(world, record, `token-${tries}`);
      tries += 1;
    }
    expect(tries).toBe(15);
    expect(world.stacks.updates).toHaveLength(1);
    expect(await readAgain(world, record)).toMatchObject({
      status: 'quarantined',
      reason: expect.stringContaining('without its rollback triggers') as unknown,
    });
  });
});
