import type {
  Instance,
  RunInstancesCommandInput,
  RunInstancesCommandOutput,
  TerminateInstancesCommandInput,
  TerminateInstancesCommandOutput,
} from '@aws-sdk/client-ec2';
import type { Call, Operations, Reply } from '../call.ts';
import { launchInstance } from '../gate-instances.ts';
import type { SimGateInstance } from '../state/gate-instance.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** What EC2 shows of an instance that a gate has launched. */
export const showGateInstance = (instance: SimGateInstance): Instance => ({
  InstanceId: instance.id,
  ImageId: instance.imageId,
  InstanceType: instance.type as never,
  LaunchTime: new Date(instance.launchedAt),
  State: instance.terminatedAt === undefined ? { Code: 16, Name: 'running' } : { Code: 48, Name: 'terminated' },
  ...(instance.market === 'spot' && { InstanceLifecycle: 'spot' as const }),
  Tags: [...instance.tags].map(([Key, Value]) => ({ Key, Value })),
});

const missing = (what: string): SimulatedError =>
  new SimulatedError('MissingParameter', `The request must contain the parameter ${what}`);

/** Launching and ending single instances, as gates do. */
export const ec2GateInstances = (world: World): Operations => {
  const runInstances = (input: RunInstancesCommandInput, call: Call): Reply<RunInstancesCommandOutput> => {
    const { ImageId = '', InstanceType, SubnetId, ClientToken = '', InstanceMarketOptions, TagSpecifications } = input;
    if (InstanceType === undefined) throw missing('InstanceType');
    if (SubnetId === undefined) throw missing('SubnetId');
    const market = InstanceMarketOptions?.MarketType === 'spot' ? 'spot' : 'on-demand';
    const known = [...world.gateInstances.values()].find(({ clientToken }) => clientToken === ClientToken);
    if (known !== undefined && ClientToken !== '') return { Instances: [showGateInstance(known)] };
    if (!world.images.launchable(call.region, call.account, ImageId))
      throw new SimulatedError('InvalidAMIID.NotFound', `The image id '[${ImageId}]' does not exist`);
    if (market === 'spot' && !world.instanceBehaviour.spotCapacity)
      throw new SimulatedError(
        'InsufficientInstanceCapacity',
        'There is no Spot capacity available that matches your request.',
      );
    const tags = TagSpecifications?.find(({ ResourceType }) => ResourceType === 'instance')?.Tags ?? [];
    const instance = launchInstance(world, {
      account: call.account,
      region: call.region,
      imageId: ImageId,
      type: InstanceType,
      market,
      clientToken: ClientToken,
      tags: new Map(tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    });
    return { Instances: [showGateInstance(instance)] };
  };

  const terminateInstances = (
    { InstanceIds = [] }: TerminateInstancesCommandInput,
    { account, region }: Call,
  ): Reply<TerminateInstancesCommandOutput> => {
    const found = InstanceIds.map((id) => {
      const instance = world.gateInstances.get(id);
      if (instance?.account !== account || instance.region !== region)
        throw new SimulatedError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
      return instance;
    });
    for (const instance of found) instance.terminatedAt ??= Date.now();
    return { TerminatingInstances: found.map(({ id }) => ({ InstanceId: id })) };
  };

  return { RunInstances: runInstances, TerminateInstances: terminateInstances };
};
