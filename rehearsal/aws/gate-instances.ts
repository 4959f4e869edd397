import type { SimGateInstance } from './state/gate-instance.ts';
import type { World } from './world.ts';

type Launch = Omit<SimGateInstance, 'id' | 'launchedAt' | 'terminatedAt' | 'scan'>;

/** Inspector's first scan of an instance is over, if the instance still is there. */
const finishInstanceScan = (world: World, instance: SimGateInstance): void => {
  if (instance.terminatedAt !== undefined) return;
  const { scanStatus } = world.instanceBehaviour;
  if (scanStatus !== 'SUCCESSFUL') {
    instance.scan = { coverage: { statusCode: 'INACTIVE', reason: scanStatus }, scannedAt: undefined };
    return;
  }
  instance.scan = { coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' }, scannedAt: Date.now() };
  world.publish({
    account: instance.account,
    region: instance.region,
    source: 'aws.inspector2',
    'detail-type': 'Inspector2 Scan',
    resources: [instance.id],
    detail: {
      version: '1.0',
      'scan-status': 'INITIAL_SCAN_COMPLETE',
      'instance-id': instance.id,
      'finding-severity-counts': { CRITICAL: 0, HIGH: 0, MEDIUM: 0, TOTAL: 0 },
    },
  });
};

/** EC2 takes a Spot instance back: it says so two minutes before, and once more when it has ended it. */
const interrupt = (world: World, instance: SimGateInstance): void => {
  if (instance.terminatedAt !== undefined) return;
  const publish = (detailType: string, detail: Record<string, unknown>): void =>
    world.publish({
      account: instance.account,
      region: instance.region,
      source: 'aws.ec2',
      'detail-type': detailType,
      resources: [`arn:aws:ec2:${instance.region}:${instance.account}:instance/${instance.id}`],
      detail: { 'instance-id': instance.id, ...detail },
    });
  publish('EC2 Spot Instance Interruption Warning', { 'instance-action': 'terminate' });
  setTimeout(() => {
    instance.terminatedAt ??= Date.now();
    publish('EC2 Instance State-change Notification', { state: 'terminated' });
  }, 2 * 60_000);
};

/** An instance boots; SSM does not manage it at first, then Inspector waits for its first inventory and scans it. */
export const launchInstance = (world: World, launch: Launch): SimGateInstance => {
  const instance: SimGateInstance = {
    ...launch,
    id: `i-${world.nextId().toString(16).padStart(17, '0')}`,
    launchedAt: Date.now(),
    terminatedAt: undefined,
    scan: { coverage: { statusCode: 'INACTIVE', reason: 'UNMANAGED_EC2_INSTANCE' }, scannedAt: undefined },
  };
  world.gateInstances.set(instance.id, instance);
  const { scanMinutes, scanStatus, interruptedAfterMinutes } = world.instanceBehaviour;
  if (instance.market === 'spot' && interruptedAfterMinutes !== null)
    setTimeout(() => interrupt(world, instance), interruptedAfterMinutes * 60_000);
  setTimeout(() => {
    instance.scan = { coverage: { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' }, scannedAt: undefined };
  }, 2 * 60_000);
  if (scanStatus !== 'NEVER') setTimeout(() => finishInstanceScan(world, instance), (2 + scanMinutes) * 60_000);
  return instance;
};
