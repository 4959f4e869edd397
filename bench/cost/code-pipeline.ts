import { prices } from '../../rehearsal/report/prices.ts';
import { sum, type Work } from './work.ts';

/** The least an action is billed, and what the Lambda action that counts instances takes. */
const verifyMinutes = 1;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const mostActionsOfPipeline = 500;

/**
 * The same campaign as pipelines of type V2, in US dollars: for each stack a CloudFormation action, billed by begun minutes
 * until the update is over, and a Lambda action that counts the instances. Approvals are free.
 */
export const codePipeline = ({ updateSeconds }: Work): number =>
  sum(updateSeconds.map((seconds) => Math.max(1, Math.ceil(seconds / 60)) + verifyMinutes)) *
  prices.codePipelineActionMinute;

/** How many pipelines it takes: two actions for each stack. */
export const pipelines = ({ updateSeconds }: Work): number =>
  Math.ceil((2 * updateSeconds.length) / mostActionsOfPipeline);
