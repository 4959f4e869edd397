import type { RollbackConfiguration } from '@aws-sdk/client-cloudformation';
import { HUB_ACCOUNT } from '../aws/accounts.ts';
import { alarmNames } from '../aws/state/alarm-names.ts';
import { instanceId } from '../aws/state/instance-rollout.ts';
import { SimGroup, type SimInstance } from '../aws/state/sim-group.ts';
import { SimParameter } from '../aws/state/sim-parameter.ts';
import { IMAGE_PARAMETER, SimStack } from '../aws/state/sim-stack.ts';
import { type TemplateParameter, isSsmType } from '../aws/state/stack-template.ts';
import type { World } from '../aws/world.ts';
import type { CampaignImages } from './create-images.ts';
import type { FleetStack } from './generate-fleet.ts';
import type { Random } from './random.ts';
import type { StackTemplates } from './stack-templates.ts';

const DAY = 24 * 60 * 60_000;

/** A believable value for a parameter that the scenario says nothing about. */
const valueOf = (name: string, { type, fallback }: TemplateParameter, stack: FleetStack): string => {
  if (fallback !== undefined) return fallback;
  if (type.includes('VPC::Id')) return 'vpc-0a1b2c3d4e5f60718';
  if (type.startsWith('List<AWS::EC2::Subnet')) return 'subnet-0a1b2c3d4e5f60718,subnet-0a1b2c3d4e5f60719';
  if (type.includes('Subnet::Id')) return 'subnet-0a1b2c3d4e5f60718';
  if (type.includes('SecurityGroup::Id')) return 'sg-0a1b2c3d4e5f60718';
  if (type === 'Number') return String(stack.instances);
  return `${stack.name}-${name.toLowerCase()}`;
};

/** The stack's alarms as its rollback triggers, watched for some minutes more. */
const triggersOf = ({ account, region, tags, monitoringMinutes }: FleetStack): RollbackConfiguration => ({
  MonitoringTimeInMinutes: monitoringMinutes,
  RollbackTriggers: alarmNames({ settings: { tags } }).map((name) => ({
    Arn: alarmArn(account, region, name),
    Type: 'AWS::CloudWatch::Alarm',
  })),
});

const alarmArn = (account: string, region: string, name: string): string =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

const createParameter = (
  world: World,
  stack: FleetStack,
  name: string,
  value: string,
  dataType: string,
  now: number,
): void => {
  const { parameters } = world.target(stack.account, stack.region);
  if (parameters.has(name)) return;
  const arn = `arn:aws:ssm:${stack.region}:${stack.account}:parameter${name}`;
  parameters.set(name, new SimParameter(name, arn, 'String', dataType).preset(value, now));
};

/** Adds one stack of the fleet, with its group, instances, alarms and SSM parameter. */
export const createStack = (
  world: World,
  fleetStack: FleetStack,
  templates: StackTemplates,
  images: CampaignImages,
  random: Random,
  now: number,
): SimStack => {
  const { name, account, region, instances, tags, mode, readBy, ssmParameter, dataType } = fleetStack;
  const template = templates(fleetStack);
  const image = images[fleetStack.image].get(region) ?? '';
  const atLaunch = readBy === 'launch';
  const imageValue = mode === 'parameter' ? image : atLaunch ? `resolve:ssm:${ssmParameter}` : ssmParameter;
  const running = images[fleetStack.runs].get(region) ?? '';
  const createdAt = now - 90 * DAY;
  const parameters: Record<string, string> = {};
  const resolved: Record<string, string> = {};
  for (const [key, parameter] of template.parameters) {
    const isImage = key === IMAGE_PARAMETER;
    const ssm = isSsmType(parameter.type);
    const value = !isImage ? valueOf(key, parameter, fleetStack) : imageValue;
    parameters[key] = value;
    if (!ssm) continue;
    const current = isImage ? image : `value-of-${value}`;
    createParameter(world, fleetStack, value, current, isImage ? dataType : 'text', createdAt);
    resolved[key] = isImage ? (images[fleetStack.resolved].get(region) ?? '') : current;
  }
  if (atLaunch) createParameter(world, fleetStack, ssmParameter, image, dataType, createdAt);
  const groupName = `${name}-AutoScalingGroup-${random.hex(12).toUpperCase()}`;
  const group = new SimGroup(
    groupName,
    `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${random.uuid()}:autoScalingGroupName/${groupName}`,
    image,
    Array.from({ length: instances }, (): SimInstance => ({
      id: instanceId(world),
      imageId: running,
      launchedAt: createdAt,
      lifecycle: 'InService',
      healthy: true,
    })),
  );
  if (fleetStack.targetGroup)
    group.targetGroupArn = `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${random.hex(16)}`;
  const store = world.target(account, region).parameters;
  if (atLaunch) group.resolveAtLaunch = () => store.get(ssmParameter)?.current(Date.now())?.value ?? '';
  const stack = new SimStack({
    id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${random.uuid()}`,
    name,
    account,
    region,
    replacement: fleetStack.replacement,
    updateMs: Math.round(fleetStack.updateMinutes * 60_000),
    createdAt,
    group,
    settings: {
      template,
      parameters,
      resolved,
      tags,
      capabilities: template.body.includes('AWS::IAM::') ? ['CAPABILITY_IAM'] : [],
      notificationArns: [`arn:aws:sns:${region}:${HUB_ACCOUNT}:stack-events`],
      rollbackConfiguration: fleetStack.rollbackTriggers ? triggersOf(fleetStack) : {},
      roleArn: fleetStack.serviceRoleArn,
    },
  });
  stack.status = fleetStack.status;
  world.addStack(stack);
  createAlarms(world, stack, createdAt);
  return stack;
};

/** The alarms that the stack's tag names exist and are quiet. */
const createAlarms = (world: World, stack: SimStack, now: number): void => {
  const { alarms } = world.target(stack.account, stack.region);
  for (const name of alarmNames(stack)) {
    if (alarms.has(name)) continue;
    const arn = alarmArn(stack.account, stack.region, name);
    alarms.set(name, { name, arn, state: 'OK', reason: 'Threshold not crossed', changedAt: now, history: [] });
  }
};
