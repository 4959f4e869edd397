import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { median } from './median.ts';

const context = {} as Context;
const plain = (event: unknown): Promise<unknown> => Promise.resolve(event);
const wrapped = middy<unknown, unknown>()
  .use({ before: () => undefined, onError: () => undefined })
  .handler((event: unknown) => plain(event));

const perCall = async (calls: number, call: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  for (let i = 0; i < calls; i += 1) await call();
  return ((performance.now() - began) * 1000) / calls;
};

/** What middy with one middleware, as every handler has it, adds to a call, in microseconds: median of the rounds. */
export const middyOverhead = async (rounds = 15, calls = 5_000): Promise<number> => {
  const differences: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const without = await perCall(calls, () => plain({}));
    const with_ = await perCall(calls, () => wrapped({}, context));
    // The first round is the compiler's.
    if (round > 0) differences.push(with_ - without);
  }
  return median(differences);
};
