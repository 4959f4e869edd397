import type * as z from 'zod';
import type { Configuration } from '../../domain/configuration.ts';
import type { CustomGate } from '../../domain/configuration/custom-gate.ts';
import type { Family } from '../../domain/configuration/family.ts';
import type { GatePolicy } from '../../domain/configuration/gate-policy.ts';
import type { Severity } from '../../domain/configuration/severity.ts';
import type { Target } from '../../domain/target.ts';
import { targetName } from '../../domain/target.ts';
import { toBootCheck } from './to-boot-check.ts';
import { ringDefaults } from './ring-defaults.ts';
import type { rolloutSchema } from './schema.ts';

type Parsed = z.output<typeof rolloutSchema>;

const toFamily = ([name, family]: [string, Parsed['families'][string]]): Family => ({
  ...family,
  name,
  tags: Object.entries(family.tags).map(([key, rule]) => ({ key, ...rule })),
});

/** Null is "any" in the file; the domain knows no limit by its absence. */
const limits = (given: Readonly<Record<Severity, number | null>>): Readonly<Partial<Record<Severity, number>>> =>
  Object.fromEntries(Object.entries(given).filter((entry): entry is [Severity, number] => entry[1] !== null));

type ParsedPolicy = Parsed['gates']['policies']['base'] & Partial<Parsed['gates']['policies']['hotfix']>;

const toPolicy = ({ maxFindings, maxDaysSinceFix, skip = [], ...policy }: ParsedPolicy): GatePolicy => ({
  ...policy,
  skip,
  maxFindings: limits(maxFindings),
  maxDaysSinceFix: limits(maxDaysSinceFix),
});

const toCustomGate = ({
  name,
  functionArn,
  stateMachineArn,
  boot,
  timeoutSeconds,
}: Parsed['gates']['custom'][number]): CustomGate => {
  if (boot !== null) return { name, timeoutSeconds, asks: toBootCheck(name, boot, timeoutSeconds) };
  // The schema has seen to it that one of them is there.
  const asks =
    stateMachineArn === null
      ? ({ kind: 'function', arn: functionArn ?? '' } as const)
      : ({ kind: 'stateMachine', arn: stateMachineArn } as const);
  return { name, timeoutSeconds, asks };
};

/** Accounts × regions, then the single ones; each target once. */
const toTargets = ({ accounts, regions, list }: Parsed['targets']): readonly Target[] => {
  const all = [...accounts.flatMap((account) => regions.map((region) => ({ account, region }))), ...list];
  return [...new Map(all.map((target) => [targetName(target), target])).values()];
};

/** The domain's configuration from a parsed `rollout.config.ts`; the compiler holds the two shapes together. */
export const toConfiguration = (parsed: Parsed): Configuration => {
  const { policies, ...gates } = parsed.gates;
  const { builders, organization, roleName, externalId } = parsed.targets;
  return {
    hub: parsed.hub,
    families: Object.entries(parsed.families).map(toFamily),
    gates: {
      ...gates,
      custom: gates.custom.map(toCustomGate),
      policies: {
        base: toPolicy(policies.base),
        application: toPolicy(policies.application),
        hotfix: toPolicy(policies.hotfix),
      },
    },
    targets: { list: toTargets(parsed.targets), organization, builders, roleName, externalId },
    campaigns: parsed.campaigns,
    calendars: parsed.calendars,
    rings: parsed.rings.map((ring, index, { length }) => ringDefaults(ring, index, length)),
    approval: { expiresAfterHours: parsed.approval.expiresAfterHours },
    stacks: parsed.stacks,
    drill: parsed.drill,
    alarms: parsed.alarms,
    people: parsed.people,
    console: parsed.console,
    notifications: parsed.notifications,
    monitoring: parsed.monitoring,
    retention: parsed.retention,
    monthlyBudgetUsd: parsed.costs.monthlyBudgetUsd,
  };
};
