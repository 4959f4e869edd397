import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { InstanceSettings } from '../../adapters/aws/instances.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { NamedMachine } from '../../domain/machine/asl.ts';
import type { Surroundings } from '../../domain/ports/index.ts';

/** A handler was deployed without something it needs. */
export class EnvironmentIncomplete extends Error {
  override readonly name = 'EnvironmentIncomplete';
}

/** An environment variable that the deployment sets. */
export const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new EnvironmentIncomplete(`environment variable ${name} is not set`);
  return value;
};

let known: { readonly path: string; readonly configuration: Configuration } | undefined;

/** The configuration that was deployed beside the handler; read once for each path. */
export const configuration = (): Configuration => {
  const path = variable('ROLLOUT_CONFIGURATION');
  if (known?.path !== path)
    // Checked against its schema when it was deployed.
    known = { path, configuration: JSON.parse(readFileSync(path, 'utf8')) as Configuration };
  return known.configuration;
};

let drawn: { readonly path: string; readonly machines: readonly NamedMachine[] } | undefined;

/** The machines that were deployed with the handler, in a file beside its configuration; read once for each path. */
export const machines = (): readonly NamedMachine[] => {
  const path = join(dirname(variable('ROLLOUT_CONFIGURATION')), 'machines.json');
  if (drawn?.path !== path) drawn = { path, machines: JSON.parse(readFileSync(path, 'utf8')) as NamedMachine[] };
  return drawn.machines;
};

/** What the deployment tells about itself. */
export const surroundings = (): Surroundings => ({
  hub: configuration().hub,
  campaignMachineArn: variable('CAMPAIGN_MACHINE_ARN'),
  restoreMachineArn: variable('RESTORE_MACHINE_ARN'),
  claimFunctionName: variable('CLAIM_FUNCTION_NAME'),
  askGateFunctionName: variable('ASK_GATE_FUNCTION_NAME'),
  endInstancesFunctionName: variable('END_INSTANCES_FUNCTION_NAME'),
  writeTagsFunctionName: variable('WRITE_TAGS_FUNCTION_NAME'),
  inspectFunctionName: variable('INSPECT_FUNCTION_NAME'),
  answerGateFunctionArn: variable('ANSWER_GATE_FUNCTION_ARN'),
});

/** What the runbooks of boot checks act as. */
export const runbookRoleArn = (): string => variable('RUNBOOK_ROLE_ARN');

/** Where and as what gates launch instances; the hub stack knows. */
export const instanceSettings = (): InstanceSettings => ({
  subnetId: variable('INSTANCE_SUBNET'),
  securityGroupIds: variable('INSTANCE_SECURITY_GROUPS').split(','),
  profileArn: variable('INSTANCE_PROFILE_ARN'),
  types: configuration().gates.instances.types,
});
