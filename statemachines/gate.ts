import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { ageLimit } from '../contracts/age-limit.ts';
import type { OutputOf } from '../contracts/contract.ts';
import { customGates } from '../contracts/custom-gates.ts';
import { inspectorScan } from '../contracts/inspector-scan.ts';
import type { openCampaign } from '../contracts/open-campaign.ts';
import { tagCheck } from '../contracts/tag-check.ts';
import type { Configuration } from '../domain/configuration.ts';
import { gateNames, type GateName } from '../domain/configuration/gate-names.ts';
import type { Settings } from './settings.ts';
import {
  choice,
  executionName,
  invoke,
  isTrue,
  raise,
  type InvokeOptions,
  type Ref,
  type Workflow,
} from './typed/index.ts';

const contracts = {
  'Tag Check': tagCheck,
  'Inspector Scan': inspectorScan,
  'Age Limit': ageLimit,
  'Custom Gates': customGates,
} as const;

export interface GateOptions {
  readonly settings: Settings;
  readonly campaign: Ref<OutputOf<typeof openCampaign>>;
  /** Where a rejection and any failure of the gate itself go: a gate that cannot answer has not passed. */
  readonly rejected: IChainable;
  readonly next: IChainable;
}

/** The sweep finds an overdue custom gate within minutes; the state itself is the last to give up. */
const marginMinutes = 20;

/** Longest wait for a gate that answers by callback. */
const waitMinutes = (name: GateName, { custom, scanTimeoutHours }: Configuration['gates']): number =>
  name === 'Custom Gates'
    ? Math.ceil(Math.max(0, ...custom.map(({ timeoutSeconds }) => timeoutSeconds)) / 60) + marginMinutes
    : scanTimeoutHours * 60;

const duration = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`);

/** One gate: its task, and the way on only if its verdict has passed. */
const gate = (workflow: Workflow, name: GateName, suffix: string, options: GateOptions): IChainable => {
  const { campaign, rejected, next, settings } = options;
  const input = {
    campaignId: executionName,
    image: { id: campaign.image.id, region: campaign.image.region },
    category: campaign.category,
  };
  // The four contracts have the same shape; each keeps its own name, function and retry.
  const contract: (typeof contracts)['Tag Check'] | typeof inspectorScan = contracts[name];
  const timeoutMinutes = waitMinutes(name, settings.configuration.gates);
  const timeout: InvokeOptions = contract.completes === 'callback' ? { timeoutMinutes } : {};
  const task = invoke(workflow, `${name}${suffix}`, contract, input, timeout);
  if (contract.completes === 'callback') {
    const noAnswer = raise(workflow, `${name} Timed Out${suffix}`, {
      Error: 'GateRejected',
      Cause: `${name} had no answer within ${duration(timeoutMinutes)}: no proof is no pass`,
    });
    noAnswer.next(rejected);
    task.catch(['States.Timeout'], noAnswer);
  }
  task.catch(['States.ALL'], rejected);
  const refusal = raise(workflow, `${name} Rejected${suffix}`, {
    Error: 'GateRejected',
    Cause: task.result.verdict.reason,
  });
  refusal.next(rejected);
  task.next(
    choice(workflow, `${name} Passed?${suffix}`).when(isTrue(task.result.verdict.passed), next).otherwise(refusal),
  );
  return task;
};

/** The gates in their order, one after the other, then `next`; only those that `runs` names. */
export const gates = (
  workflow: Workflow,
  runs: (name: GateName) => boolean,
  suffix: string,
  options: GateOptions,
): IChainable =>
  gateNames
    .filter(runs)
    .reduceRight((next: IChainable, name) => gate(workflow, name, suffix, { ...options, next }), options.next);
