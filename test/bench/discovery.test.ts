import { describe, expect, it } from '@jest/globals';
import { discoveryOf } from '../../bench/rehearsals/discovery.ts';

const state = (kind: string, name: string, at: string) => ({ at: `2026-11-03T08:00:${at}Z`, kind, state: name });
const call = (service: string, operation: string, at: string) => ({
  at: `2026-11-03T08:00:${at}Z`,
  kind: 'call',
  service,
  operation,
});
const log = (...lines: object[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;

describe('discoveryOf', () => {
  it('counts the calls between entering and leaving the state, and no others', () => {
    expect(
      discoveryOf(
        log(
          call('sts', 'AssumeRole', '01.000'),
          state('state-entered', 'Discover Stacks', '02.000'),
          call('sts', 'AssumeRole', '02.100'),
          call('cloudformation', 'DescribeStacks', '02.350'),
          call('cloudformation', 'DescribeStacks', '02.600'),
          call('s3', 'PutObject', '02.700'),
          state('state-exited', 'Discover Stacks', '02.800'),
          call('cloudformation', 'DescribeStacks', '03.000'),
        ),
      ),
    ).toEqual({
      calls: { 'sts.AssumeRole': 1, 'cloudformation.DescribeStacks': 2, 's3.PutObject': 1 },
      listingCalls: 3,
      listingSeconds: 0.6,
      virtualSeconds: 0.8,
    });
  });

  it('says when the log does not have the whole state', () => {
    expect(() => discoveryOf(log(state('state-entered', 'Discover Stacks', '02.000')))).toThrow(
      "no whole state 'Discover Stacks'",
    );
  });
});
