import { describe, expect, it } from '@jest/globals';
import { isOfAnEarlierRestore } from '../../../domain/restore/earlier-restore.ts';
import { aStackRecord } from '../fakes/stack-record.ts';

const before = '2026-11-22T11:00:00.000Z';
const at = '2026-11-22T12:00:00.000Z';
const after = '2026-11-22T13:00:00.000Z';
const rollback = { by: 'ada', reason: 'it leaks', at, from: 'PROMOTED' } as const;
const operation = (startedAt: string, more: object = {}) =>
  ({ requestToken: 't', direction: 'restore', attempt: 1, startedAt, ...more }) as const;

describe('isOfAnEarlierRestore', () => {
  it.each([
    ['put back before the rollback', { status: 'restored', endedAt: before }, true],
    ['given up before the rollback', { status: 'quarantined', endedAt: before }, true],
    ['put back by the rollback itself', { status: 'restored', endedAt: after }, false],
    ['given up by the rollback itself', { status: 'quarantined', endedAt: after }, false],
    ['put back in the very moment of the rollback', { status: 'restored', endedAt: at }, false],
    ['given up by a restore that has noted no end', { status: 'quarantined', endedAt: null }, false],
    // What was done with it last says nothing any more: it has ended.
    [
      'put back by the rollback in an older operation',
      { status: 'restored', endedAt: after, operation: operation(before) },
      false,
    ],
    ['left in the middle by the restore before', { status: 'restoring', operation: operation(before) }, true],
    [
      'failed with an operation of the restore before',
      { status: 'failed', endedAt: null, operation: operation(before) },
      true,
    ],
    ['begun by the rollback itself', { status: 'restoring', operation: operation(after) }, false],
    ['begun in the very moment of the rollback', { status: 'restoring', operation: operation(at) }, false],
    ['taken up again already', { status: 'failed', operation: operation(before, { over: true }) }, false],
    [
      'in an operation that is known not to be over',
      { status: 'failed', operation: operation(before, { over: false }) },
      true,
    ],
    ['only moved forward', { status: 'done', operation: operation(before, { direction: 'forward' }) }, false],
    ['without any operation', { status: 'done', operation: null }, false],
  ] as const)('of a stack that was %s', (_what, over, expected) => {
    expect(isOfAnEarlierRestore(aStackRecord(over), rollback)).toBe(expected);
  });

  it('is never so where nobody has asked for a rollback', () => {
    expect(isOfAnEarlierRestore(aStackRecord({ status: 'restored', endedAt: before }), null)).toBe(false);
    expect(isOfAnEarlierRestore(aStackRecord({ operation: operation(before) }), null)).toBe(false);
  });
});
