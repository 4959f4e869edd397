import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../domain/configuration.ts';
import { names } from './names.ts';

/** Gives the process the variables that the deployment gives to handlers; the function that it gives takes them away. */
export const enterHubEnvironment = (
  configuration: Configuration,
  machineArn: (name: string) => string,
  machines: readonly { readonly name: string; readonly definition: unknown }[],
): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
  const file = join(folder, 'rollout.json');
  writeFileSync(file, JSON.stringify(configuration));
  writeFileSync(join(folder, 'machines.json'), JSON.stringify(machines));
  const { account, region } = configuration.hub;
  const environment: Record<string, string> = {
    HUB_ACCOUNT: account,
    AWS_REGION: region,
    TABLE: 'memory:rehearsal',
    PLAN_BUCKET: names.bucket,
    TOPIC_ARN: `arn:aws:sns:${region}:${account}:${names.topic}`,
    ROLLOUT_CONFIGURATION: file,
    CAMPAIGN_MACHINE_ARN: machineArn(names.campaign),
    RESTORE_MACHINE_ARN: machineArn(names.restore),
    CLAIM_FUNCTION_NAME: 'ami-rollout-claim-stack',
    ASK_GATE_FUNCTION_NAME: 'ami-rollout-ask-custom-gate',
    END_INSTANCES_FUNCTION_NAME: 'ami-rollout-end-gate-instances',
    WRITE_TAGS_FUNCTION_NAME: 'ami-rollout-write-image-tags',
    INSPECT_FUNCTION_NAME: 'ami-rollout-inspect-stacks',
    INSTANCE_SUBNET: 'subnet-0aaaaaaaaaaaaaaaa',
    INSTANCE_SECURITY_GROUPS: 'sg-0aaaaaaaaaaaaaaaa',
    INSTANCE_PROFILE_ARN: `arn:aws:iam::${account}:instance-profile/ami-rollout/gates`,
    RUNBOOK_ROLE_ARN: `arn:aws:iam::${account}:role/ami-rollout/runbooks`,
    ANSWER_GATE_FUNCTION_ARN: `arn:aws:lambda:${region}:${account}:function:ami-rollout-answer-custom-gate`,
    // Whoever wants to see metrics subscribes to them; standard output is the report's.
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: process.env['POWERTOOLS_LOG_LEVEL'] ?? 'SILENT',
  };
  const before = process.env;
  // A plain object: each look into the process's own goes through the system, and handlers look ten times per invocation.
  process.env = { ...before, ...environment };
  return () => {
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  };
};
