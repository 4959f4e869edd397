import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type RunInstancesCommandInput,
  type Tag,
} from '@aws-sdk/client-ec2';
import { InstanceRefused, type Instances, type LaunchOrder, type Market } from '../../domain/ports/instances.ts';
import { targetName } from '../../domain/target.ts';
import * as z from 'zod/mini';
import { ask, text } from './ask.ts';
import { call, isRefused } from './errors.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

/** Where and as what instances of gates run; made or named by the hub stack. */
export interface InstanceSettings {
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly profileArn: string;
  /** By the image's architecture. */
  readonly types: Readonly<Record<string, string>>;
}

const launched = z.object({ Instances: z.optional(z.array(z.object({ InstanceId: text }))) });
const listed = z.object({
  Reservations: z.array(
    z.object({
      Instances: z.optional(
        z.array(z.object({ InstanceId: text, Tags: z.optional(z.array(z.object({ Key: text, Value: text }))) })),
      ),
    }),
  ),
});

/** What is on every instance of a gate; costs and leftovers are found by them. */
const instanceTags = {
  product: 'ami-rollout:product',
  campaign: 'ami-rollout:campaign',
  purpose: 'ami-rollout:purpose',
  expires: 'ami-rollout:expires-at',
} as const;
const product = 'ami-rollout';

/** Spot has nothing to give; on demand there may be. */
const noSpot = [
  'InsufficientInstanceCapacity',
  'InsufficientHostCapacity',
  'MaxSpotInstanceCountExceeded',
  'SpotMaxPriceTooLow',
  'UnfulfillableCapacity',
  'AuthFailure.ServiceLinkedRoleCreationNotPermitted',
] as const;

/** A fact about the image, the settings or the account's limits that trying again will not change. */
const refusals = [
  ...noSpot,
  'InstanceLimitExceeded',
  'VcpuLimitExceeded',
  'InvalidAMIID.NotFound',
  'InvalidAMIID.Unavailable',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'InvalidSubnetID.NotFound',
  'InvalidGroup.NotFound',
  'IdempotentParameterMismatch',
  'InsufficientFreeAddressesInSubnet',
  'UnsupportedOperation',
  'Unsupported',
] as const;

const tagsOf = ({ campaignId, purpose, expiresAt }: LaunchOrder): Tag[] =>
  [
    [instanceTags.product, product],
    [instanceTags.campaign, campaignId],
    [instanceTags.purpose, purpose],
    [instanceTags.expires, expiresAt],
    ['Name', `${product} ${purpose}`],
  ].map(([Key, Value]) => ({ Key: Key ?? '', Value: Value ?? '' }));

/**
 * The market is part of the token: the same token with other parameters is refused.
 * {@link https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html}
 */
const requestFor = (order: LaunchOrder, settings: InstanceSettings, market: Market): RunInstancesCommandInput => ({
  ImageId: order.imageId,
  InstanceType: (order.type ?? settings.types[order.architecture] ?? settings.types['x86_64']) as never,
  MinCount: 1,
  MaxCount: 1,
  ClientToken: `${order.key}-${market}`,
  SubnetId: settings.subnetId,
  SecurityGroupIds: [...settings.securityGroupIds],
  IamInstanceProfile: { Arn: settings.profileArn },
  // A shutdown from within ends it too, and nobody needs the volume afterwards.
  InstanceInitiatedShutdownBehavior: 'terminate',
  MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled' },
  ...(market === 'spot' && {
    InstanceMarketOptions: { MarketType: 'spot', SpotOptions: { SpotInstanceType: 'one-time' } },
  }),
  TagSpecifications: (['instance', 'volume', 'network-interface'] as const).map((ResourceType) => ({
    ResourceType,
    Tags: tagsOf(order),
  })),
});

/**
 * Instances by EC2, in the hub's account.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html}
 */
export const awsInstances = (sessions: Sessions, settings: () => InstanceSettings): Instances => ({
  launch: async (target, order) => {
    const ec2 = sessions.client(EC2Client, target);
    const run = async (market: Market) => {
      const { Instances = [] } = await ask(
        `RunInstances (${market}) of ${order.imageId} in ${targetName(target)}`,
        launched,
        () => ec2.send(new RunInstancesCommand(requestFor(order, settings(), market))),
      );
      const id = Instances[0]?.InstanceId;
      if (id === undefined) throw new InstanceRefused(`EC2 gave no instance of ${order.imageId}: start again`);
      return { id, market };
    };
    const refused = (error: unknown): never => {
      if (!isRefused(error, ...refusals)) throw error;
      throw new InstanceRefused(`${error.name}: ${error.message}`, { cause: error });
    };
    try {
      return await run(order.spot ? 'spot' : 'on-demand');
    } catch (error) {
      if (!order.spot || !isRefused(error, ...noSpot)) return refused(error);
      return run('on-demand').catch(refused);
    }
  },

  list: async (target) => {
    const ec2 = sessions.client(EC2Client, target);
    const read = (token: string | undefined) =>
      ask(`DescribeInstances of gates in ${targetName(target)}`, listed, () =>
        ec2.send(
          new DescribeInstancesCommand({
            Filters: [
              { Name: `tag:${instanceTags.product}`, Values: [product] },
              { Name: 'tag-key', Values: [instanceTags.expires] },
              { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] },
            ],
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
      );
    const found = [];
    for await (const page of pages(read, ({ NextToken }) => NextToken))
      for (const { InstanceId, Tags } of (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances)) {
        const tag = (key: string): string => Tags?.find(({ Key }) => Key === key)?.Value ?? '';
        found.push({
          id: InstanceId ?? '',
          campaignId: tag(instanceTags.campaign),
          purpose: tag(instanceTags.purpose),
          expiresAt: tag(instanceTags.expires),
        });
      }
    return found;
  },

  terminate: async (target, ids) => {
    const ec2 = sessions.client(EC2Client, target);
    for (const id of ids)
      try {
        await call(`TerminateInstances of ${id} in ${targetName(target)}`, () =>
          ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] })),
        );
      } catch (error) {
        // One call for each: EC2 terminates none of a list in which one is unknown.
        if (!isRefused(error, 'InvalidInstanceID.NotFound')) throw error;
      }
  },
});
