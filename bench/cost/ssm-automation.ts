import { prices } from '../../rehearsal/report/prices.ts';
import type { Work } from './work.ts';

/** The steps that a runbook needs for one stack; each is billed, however long it waits. */
export const runbookSteps = [
  'read the stack (aws:executeAwsApi)',
  'is it free? (aws:assertAwsResourceProperty)',
  'update it (aws:executeAwsApi)',
  'wait for the update (aws:waitForAwsResourceProperty)',
  'count the instances (aws:executeAwsApi)',
  'are all on the image? (aws:assertAwsResourceProperty)',
] as const;

/** An approval and a bake for each of two rings, discovery and a report. */
const campaignSteps = 6;

/**
 * The same campaign as an Automation over accounts and regions, in US dollars: one child automation for each stack. It has
 * no plan, no ring verdict, no restore and no audit trail of its own; those would be further steps.
 */
export const ssmAutomation = ({ updateSeconds }: Work): number =>
  (updateSeconds.length * runbookSteps.length + campaignSteps) * prices.ssmAutomationStep;
