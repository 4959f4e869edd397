import { describe, expect, it } from '@jest/globals';
import { codePipeline, pipelines } from '../../bench/cost/code-pipeline.ts';
import { compareCosts } from '../../bench/cost/compare.ts';
import { polling, pollingHistory, pollingRate } from '../../bench/cost/polling.ts';
import { runbookSteps, ssmAutomation } from '../../bench/cost/ssm-automation.ts';
import { looks } from '../../bench/cost/work.ts';
import { costOf, totalCost, type Billed } from '../../rehearsal/report/cost.ts';
import { prices } from '../../rehearsal/report/prices.ts';

const billed = (fields: Partial<Billed> = {}): Billed => ({
  transitions: 600,
  invocations: 1_000,
  lambdaMilliseconds: 300_000,
  memoryMb: 512,
  tableReads: 4_000,
  tableWrites: 8_000,
  s3Puts: 5,
  s3Gets: 2,
  forwardedEvents: 400,
  ownEvents: 4,
  notifications: 2,
  ...fields,
});

/** A hundred stacks whose updates take eight minutes. */
const work = { updateSeconds: Array.from({ length: 100 }, () => 480) };

describe('costOf', () => {
  it('prices each operation under the service that bills it', () => {
    const cost = costOf(billed());
    expect(cost.stepFunctions).toBeCloseTo(600 * prices.stepFunctionsTransition, 12);
    // 300 s of half a GB, and a thousand requests.
    expect(cost.lambda).toBeCloseTo(150 * prices.lambdaGbSecond + 1_000 * prices.lambdaRequest, 12);
    expect(cost.dynamoDb).toBeCloseTo(8_000 * prices.dynamoWriteUnit + 4_000 * prices.dynamoReadUnit, 12);
    expect(cost.s3).toBeCloseTo(5 * prices.s3Put + 2 * prices.s3Get, 12);
    expect(cost.eventBridge).toBeCloseTo(404 * prices.eventBridgeEvent, 12);
    expect(cost.sns).toBeCloseTo(2 * prices.snsPublish, 12);
  });

  it('adds up to what Step Functions publishes: 25 dollars for a million transitions', () => {
    const nothing = Object.fromEntries(Object.keys(billed()).map((key) => [key, 0])) as unknown as Billed;
    expect(totalCost(costOf({ ...nothing, transitions: 1_000_000 }))).toBeCloseTo(25, 10);
  });
});

describe('looks', () => {
  it('is how often one looks until it is seen to be over', () => {
    expect([1, 30, 31, 60, 480].map((seconds) => looks(seconds, 30))).toEqual([1, 1, 2, 2, 16]);
  });
});

describe('polling', () => {
  it('pays three transitions for each look, at the update and once at the instances', () => {
    expect(polling(billed(), work, 30).transitions).toBe(100 * (5 + 3 * (16 + 1)));
    expect(polling(billed(), work, 60).transitions).toBe(100 * (5 + 3 * (8 + 1)));
  });

  it('pays an invocation for each look in place of those that settle events', () => {
    const { invocations, lambdaMilliseconds, forwardedEvents } = polling(billed(), work, 60);
    expect(invocations).toBe(1_000 - 400 + 900);
    expect(lambdaMilliseconds).toBe(300_000 - 400 * 300 + 900 * 250);
    expect(forwardedEvents).toBe(0);
  });

  it('writes no tokens', () => {
    expect(polling(billed(), work, 60).tableWrites).toBe(8_000 - 100 * 8);
  });

  it('costs more the longer an update takes, which waiting by token does not', () => {
    const hours = { updateSeconds: work.updateSeconds.map(() => 4 * 3600) };
    const [ours, polled] = compareCosts(billed(), work);
    const [oursForHours, polledForHours] = compareCosts(billed(), hours);
    expect(oursForHours?.totalUsd).toBe(ours?.totalUsd);
    expect(polledForHours?.totalUsd).toBeGreaterThan(10 * (polled?.totalUsd ?? 0));
  });

  it('fills a history with nine events for each look: 25,000 are reached within a day of looking every 30 s', () => {
    expect(pollingHistory(work, 30)).toBe(9 * 17);
    expect(pollingHistory({ updateSeconds: [24 * 3600] }, 30)).toBeGreaterThan(25_000);
  });

  it('asks a target with 10 in flight every 3 seconds', () => {
    expect(pollingRate(10, 30)).toBeCloseTo(1 / 3);
  });
});

describe('ssmAutomation', () => {
  it('pays each step of each stack, however long it waits', () => {
    const stacks = work.updateSeconds.length;
    expect(ssmAutomation(work)).toBeCloseTo((stacks * runbookSteps.length + 6) * 0.002, 10);
    expect(ssmAutomation({ updateSeconds: work.updateSeconds.map(() => 5) })).toBe(ssmAutomation(work));
  });
});

describe('codePipeline', () => {
  it('pays begun minutes of the update and a minute of looking at the instances', () => {
    expect(codePipeline({ updateSeconds: [480, 481, 5] })).toBeCloseTo((8 + 9 + 1 + 3) * 0.002, 10);
  });

  it('needs a pipeline for each 250 stacks', () => {
    expect(pipelines({ updateSeconds: Array.from({ length: 10_000 }, () => 1) })).toBe(40);
  });
});

describe('compareCosts', () => {
  it('names every way, ours first, and splits what is counted by service', () => {
    const ways = compareCosts(billed(), work);
    expect(ways.map(({ way }) => way)).toEqual([
      'ami-rollout, as counted',
      'polling every 30 s',
      'polling every 60 s',
      'SSM Automation',
      'CodePipeline (V2)',
    ]);
    for (const { services, totalUsd } of ways.slice(0, 3))
      expect(totalUsd).toBeCloseTo(
        Object.values<number>({ ...services }).reduce((sum, one) => sum + one, 0),
        12,
      );
    expect(ways[0]?.totalUsd).toBe(Math.min(...ways.map(({ totalUsd }) => totalUsd)));
  });
});
