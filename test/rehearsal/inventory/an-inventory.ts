import type { FleetInventory, InventoriedStack } from '../../../domain/planning/fleet-inventory.ts';

/** Images of real stacks. */
export const common = 'ami-0aaaaaaaaaaaaaaa1';
export const rare = 'ami-0bbbbbbbbbbbbbbb2';

/** A stack of a real account; its id follows from its name and target. */
export const anInventoriedStack = (over: Partial<InventoriedStack> = {}): InventoriedStack => {
  const { stackName = 'web', account = '999988887777', region = 'eu-west-1' } = over;
  return {
    stackId: `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/6f1e`,
    stackName,
    account,
    region,
    family: 'al2023-base',
    environment: 'production',
    status: 'UPDATE_COMPLETE',
    ring: null,
    mode: 'parameter',
    parameter: 'WebImageId',
    ssmParameter: null,
    readBy: over.mode === 'ssm' ? 'stack' : null,
    image: common,
    running: { [common]: 3 },
    replacement: 'rolling',
    serviceRole: false,
    alarms: [],
    tags: { 'ami-rollout:family': 'al2023-base', 'ami-rollout:environment': 'production' },
    ...over,
  };
};

/** An inventory of these stacks and nothing else. */
export const anInventory = (
  stacks: readonly Partial<InventoriedStack>[] = [{}],
  over: Partial<FleetInventory> = {},
): FleetInventory => ({
  schemaVersion: 1,
  takenAt: '2026-11-22T12:00:00.000Z',
  hub: { account: '111122223333', region: 'eu-west-1' },
  family: null,
  stacks: stacks.map(anInventoriedStack),
  leftOut: [],
  unreachable: [],
  gaps: [],
  counts: { targets: 1, seen: stacks.length, notOptedIn: 0, otherFamilies: 0 },
  ...over,
});
