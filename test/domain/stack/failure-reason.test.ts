import { describe, expect, it } from '@jest/globals';
import { failureReason } from '../../../domain/stack/failure-reason.ts';

describe('failureReason', () => {
  it.each([
    [
      "Lambda's document",
      'Throttled',
      '{"errorType":"Throttled","errorMessage":"slow down","trace":[]}',
      'Throttled: slow down',
    ],
    ['plain text', 'UpdateFailed', 'Group: no capacity', 'UpdateFailed: Group: no capacity'],
    ['text that only looks like a document', 'UpdateFailed', '{"a":', 'UpdateFailed: {"a":'],
    ['another document', 'UpdateFailed', '{"message":"x"}', 'UpdateFailed: {"message":"x"}'],
    ['a number', 'UpdateFailed', '42', 'UpdateFailed: 42'],
    ['null', 'UpdateFailed', 'null', 'UpdateFailed: null'],
    ['nothing', 'UpdateFailed', '', 'UpdateFailed'],
    ['blanks', 'UpdateFailed', '  \n', 'UpdateFailed'],
    ['a timeout without a word', 'States.Timeout', '', 'it took longer than the time allowed'],
    ['a timeout with words', 'States.Timeout', 'no heartbeat', 'no heartbeat'],
  ])('makes one sentence of %s', (_what, error, cause, expected) => {
    expect(failureReason({ Error: error, Cause: cause })).toBe(expected);
  });
});
