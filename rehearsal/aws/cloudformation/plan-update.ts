import type { UpdateStackCommandInput } from '@aws-sdk/client-cloudformation';
import { SimulatedError, validationError } from '../simulated-error.ts';
import type { SimStack, StackSettings } from '../state/sim-stack.ts';
import { type StackTemplate, isSsmType, readTemplate } from '../state/stack-template.ts';
import type { Target } from '../state/target.ts';

/**
 * The settings an UpdateStack asks for, or the ValidationError that CloudFormation would answer with. What is not sent
 * stays, except parameters: those must be sent, or have a default in the template.
 */
export const planUpdate = (
  target: Target,
  stack: SimStack,
  input: UpdateStackCommandInput,
  now: number,
): StackSettings => {
  const before = stack.settings;
  const template = templateOf(before, input);
  const parameters = planParameters(template, before, input.Parameters ?? []);
  requireCapabilities(before, input);
  const settings: StackSettings = {
    template,
    parameters,
    resolved: resolveParameters(target, template, parameters, now),
    tags: input.Tags ? Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])) : before.tags,
    capabilities: input.Capabilities ?? before.capabilities,
    notificationArns: input.NotificationARNs ?? before.notificationArns,
    rollbackConfiguration: input.RollbackConfiguration ?? before.rollbackConfiguration,
    roleArn: input.RoleARN ?? before.roleArn,
  };
  if (settings.template.body === before.template.body && fingerprint(settings) === fingerprint(before))
    throw validationError('No updates are to be performed.');
  return settings;
};

const templateOf = (before: StackSettings, input: UpdateStackCommandInput): StackTemplate => {
  if (input.UsePreviousTemplate === true) return before.template;
  if (input.TemplateBody === undefined) {
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  return readTemplate(input.TemplateBody);
};

const planParameters = (
  template: StackTemplate,
  before: StackSettings,
  sent: NonNullable<UpdateStackCommandInput['Parameters']>,
): Record<string, string> => {
  const byKey = new Map(sent.map((parameter) => [parameter.ParameterKey ?? '', parameter]));
  const surplus = [...byKey.keys()].filter((key) => !template.parameters.has(key));
  if (surplus.length > 0) throw validationError(`Parameters: [${surplus.join(', ')}] do not exist in the template`);
  const parameters: Record<string, string> = {};
  const missing: string[] = [];
  for (const [key, { fallback }] of template.parameters) {
    const parameter = byKey.get(key);
    if (parameter?.UsePreviousValue === true && parameter.ParameterValue !== undefined) {
      throw validationError(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    }
    const value =
      parameter?.UsePreviousValue === true ? before.parameters[key] : (parameter?.ParameterValue ?? fallback);
    if (value === undefined) missing.push(key);
    else parameters[key] = value;
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return parameters;
};

const requireCapabilities = (before: StackSettings, { Capabilities }: UpdateStackCommandInput): void => {
  const lacking = before.capabilities.filter((capability) => Capabilities?.includes(capability) !== true);
  if (lacking.length === 0) return;
  throw new SimulatedError('InsufficientCapabilitiesException', `Requires capabilities : [${lacking.join(', ')}]`);
};

/**
 * SSM-typed parameters are read again at every update, also with UsePreviousValue.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
const resolveParameters = (
  target: Target,
  template: StackTemplate,
  parameters: Readonly<Record<string, string>>,
  now: number,
): Record<string, string> => {
  const resolved: Record<string, string> = {};
  for (const [key, { type }] of template.parameters) {
    const name = parameters[key];
    if (!isSsmType(type) || name === undefined) continue;
    const value = target.parameters.get(name)?.current(now)?.value;
    if (value === undefined) {
      throw validationError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
    }
    resolved[key] = value;
  }
  return resolved;
};

const sorted = (record: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** All but the template, which is long and compared as it is. */
const fingerprint = ({ template: _, parameters, resolved, tags, ...rest }: StackSettings): string =>
  JSON.stringify([sorted(parameters), sorted(resolved), sorted(tags), rest]);
