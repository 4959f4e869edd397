import { fleetAccount, fleetAccounts } from '../aws/accounts.ts';
import type { Replacement } from '../aws/state/sim-stack.ts';
import type { Random } from './random.ts';
import type { Scenario, ScenarioStack } from './scenario-schema.ts';

/** One stack of a fleet, with nothing left open. */
export interface FleetStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly mode: 'parameter' | 'ssm';
  readonly readBy: 'stack' | 'launch';
  readonly ssmParameter: string;
  readonly dataType: 'aws:ec2:image' | 'text';
  readonly status: ScenarioStack['status'];
  readonly replacement: Replacement;
  readonly updateMinutes: number;
  readonly instances: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly serviceRoleArn: string | undefined;
  readonly rollbackTriggers: boolean;
  readonly monitoringMinutes: number;
  readonly targetGroup: boolean;
  readonly image: 'new' | 'previous';
  readonly resolved: 'new' | 'previous';
  readonly runs: 'new' | 'previous';
}

/** A fleet: who is in it and what it consists of. */
export interface Fleet {
  readonly accounts: readonly string[];
  readonly regions: readonly [string, ...string[]];
  /** In plan order: account, region, name. */
  readonly stacks: readonly FleetStack[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Splits `count` into shares by largest remainder and shuffles the result: 10 stacks at 0.25 are always 2 or 3. */
const deal = <T>(count: number, shares: readonly (readonly [T, number])[], random: Random): T[] => {
  const total = shares.reduce((sum, [, share]) => sum + share, 0) || 1;
  const exact = shares.map(([value, share]) => ({ value, wanted: (count * share) / total }));
  const hand = exact.flatMap(({ value, wanted }) => Array.from({ length: Math.floor(wanted) }, () => value));
  const byRemainder = exact.toSorted((a, b) => (b.wanted % 1) - (a.wanted % 1));
  for (let i = 0; hand.length < count; i++) hand.push(byRemainder[i % byRemainder.length]?.value as T);
  return random.shuffle(hand.slice(0, count));
};

/** The opted-in tags of a stack; tags that the scenario sets win, and `null` removes one. */
const tagsOf = (
  name: string,
  family: string,
  ring: string | undefined,
  overrides: ScenarioStack['tags'],
): Record<string, string> => {
  const tags: Record<string, string | null> = {
    'ami-rollout:family': family,
    'ami-rollout:environment': 'production',
    'ami-rollout:alarms': `${name}-errors`,
    ...(ring !== undefined && { 'ami-rollout:ring': ring }),
    ...overrides,
  };
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => tag[1] !== null));
};

const parameterOf = (name: string): string => `/fleet/${name}/image`;

const roleArn = (account: string): string => `arn:aws:iam::${account}:role/cloudformation-service-role`;

/** Makes the fleet that a scenario describes; the same scenario and random source make the same fleet. */
export const generateFleet = (scenario: Scenario, random: Random): Fleet => {
  const { fleet, image } = scenario;
  const accounts = fleetAccounts(fleet.accounts);
  const [low, high] = fleet.updateMinutes;
  const duration = (): number => Math.round((low + random.next() * (high - low)) * 60) / 60;

  const listed = (one: ScenarioStack): FleetStack => {
    const account = one.account ?? accounts[0] ?? fleetAccount(1);
    const { serviceRole } = one;
    return {
      name: one.name,
      account,
      region: one.region ?? fleet.regions[0],
      mode: one.mode,
      readBy: one.readBy,
      ssmParameter: one.ssmParameter ?? parameterOf(one.name),
      dataType: one.dataType,
      status: one.status,
      // An update policy runs when an update changes the group, and here none does.
      replacement: one.readBy === 'launch' ? 'none' : one.replacement,
      updateMinutes: one.updateMinutes ?? duration(),
      instances: one.instances,
      tags: tagsOf(one.name, image.family, one.ring, one.tags),
      serviceRoleArn: typeof serviceRole === 'string' ? serviceRole : serviceRole ? roleArn(account) : undefined,
      rollbackTriggers: one.rollbackTriggers,
      monitoringMinutes: one.monitoringMinutes,
      targetGroup: one.targetGroup,
      image: one.image,
      resolved: one.resolved ?? one.image,
      runs: one.runs ?? one.resolved ?? one.image,
    };
  };

  const generated = (count: number): FleetStack[] => {
    const width = Math.max(4, String(count).length);
    const modes = deal(
      count,
      [
        ['ssm', fleet.ssmShare],
        ['parameter', 1 - fleet.ssmShare],
      ] as const,
      random,
    );
    const policies = deal(count, Object.entries(fleet.replacement) as [Replacement, number][], random);
    const targets = accounts.flatMap((account) => fleet.regions.map((region) => ({ account, region })));
    return modes.map((mode, i) => {
      const name = `app-${String(i + 1).padStart(width, '0')}`;
      const { account, region } = targets[i % targets.length] ?? { account: fleetAccount(1), region: fleet.regions[0] };
      return {
        name,
        account,
        region,
        mode,
        readBy: 'stack',
        ssmParameter: parameterOf(name),
        dataType: 'aws:ec2:image',
        status: 'CREATE_COMPLETE',
        replacement: policies[i] ?? 'rolling',
        updateMinutes: duration(),
        instances: 2,
        tags: tagsOf(name, image.family, undefined, {}),
        serviceRoleArn: random.next() < 0.5 ? roleArn(account) : undefined,
        rollbackTriggers: false,
        monitoringMinutes: 5,
        targetGroup: false,
        image: 'previous',
        resolved: 'previous',
        runs: 'previous',
      };
    });
  };

  const stacks = typeof fleet.stacks === 'number' ? generated(fleet.stacks) : fleet.stacks.map(listed);
  stacks.sort((a, b) => compare(a.account, b.account) || compare(a.region, b.region) || compare(a.name, b.name));
  return {
    accounts: [...new Set([...accounts, ...stacks.map(({ account }) => account)])].sort(),
    regions: fleet.regions,
    stacks,
  };
};
