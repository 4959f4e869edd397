import { costOf, totalCost, type Billed, type Cost } from '../../rehearsal/report/cost.ts';
import { codePipeline } from './code-pipeline.ts';
import { polling } from './polling.ts';
import { ssmAutomation } from './ssm-automation.ts';
import type { Work } from './work.ts';

/** One way to run the campaign, in US dollars; the peers are billed as a whole. */
export interface Way {
  readonly way: string;
  readonly services: Cost | null;
  readonly totalUsd: number;
}

const counted = (way: string, billed: Billed): Way => {
  const services = costOf(billed);
  return { way, services, totalUsd: totalCost(services) };
};

/** The campaign as counted, beside the same one done in other ways. */
export const compareCosts = (billed: Billed, work: Work): readonly Way[] => [
  counted('ami-rollout, as counted', billed),
  counted('polling every 30 s', polling(billed, work, 30)),
  counted('polling every 60 s', polling(billed, work, 60)),
  { way: 'SSM Automation', services: null, totalUsd: ssmAutomation(work) },
  { way: 'CodePipeline (V2)', services: null, totalUsd: codePipeline(work) },
];
