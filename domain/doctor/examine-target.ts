import { RolloutError } from '../errors.ts';
import { leftOutStack, readStack } from '../planning/candidate.ts';
import { walkTarget } from '../planning/walk-target.ts';
import type { Ports } from '../ports/index.ts';
import { targetName, type Target } from '../target.ts';
import { stackTags } from '../words.ts';
import { admits } from './admits.ts';
import { checksOf, type Check } from './check.ts';
import { notForwarded } from './forwarded-events.ts';
import { tagMistake } from './opt-in-tags.ts';

type Needs = Pick<Ports, 'clock' | 'configuration' | 'forwarding' | 'parameters' | 'stacks'>;

const mostNamed = 5;
/** SSM parameters that are read in one target. */
const mostParameters = 50;

const some = (all: readonly string[]): string =>
  `${all.slice(0, mostNamed).join('; ')}${all.length > mostNamed ? `; and ${all.length - mostNamed} more` : ''}`;

const deploySpoke = (target: Target): string =>
  `deploy the spoke stack of this account and region: npx cdk deploy 'ami-rollout-spoke-${target.account}-*'`;

/** The rules that forward events, and whether the hub's bus takes what they send. */
const forwarding = async (ports: Needs, target: Target, policy: string | undefined): Promise<readonly Check[]> => {
  const { hub, targets } = ports.configuration();
  const { ok, missing } = checksOf(targetName(target));
  if (target.account === hub.account && target.region === hub.region)
    return [ok('events', 'the hub hears its own events by itself')];
  const admitted =
    policy === undefined ||
    target.account === hub.account ||
    admits(policy, target.account, targets.organization?.id ?? null)
      ? []
      : [
          missing(
            'bus policy',
            `the hub's bus takes no events of account ${target.account}`,
            'deploy the hub again: its policy is made of the targets in the configuration',
          ),
        ];
  try {
    const rules = await ports.forwarding.rules(target);
    const lost = notForwarded(rules);
    const disabled = rules.filter(({ enabled }) => !enabled).map(({ name }) => name);
    return [
      lost.length === 0
        ? ok('events', `${rules.length} rules forward every event that is waited for`)
        : missing(
            'events',
            `not forwarded to the hub: ${some(lost)}${disabled.length === 0 ? '' : `; disabled: ${some(disabled)}`}`,
            disabled.length === 0 ? deploySpoke(target) : 'enable the rules, or deploy the spoke stack again',
          ),
      ...admitted,
    ];
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return [
      missing(
        'events',
        `its rules cannot be read: ${error.message}`,
        `update the spoke's role: ${deploySpoke(target)}`,
      ),
      ...admitted,
    ];
  }
};

/** The SSM parameters that stacks read, each once. */
const parameters = async (ports: Needs, target: Target, names: readonly string[]): Promise<readonly Check[]> => {
  const { ok, missing } = checksOf(targetName(target));
  const bad: string[] = [];
  const asked = names.slice(0, mostParameters);
  for (const name of asked)
    try {
      const value = (await ports.parameters.find(target, name))?.value;
      if (value === undefined) bad.push(`${name} does not exist`);
      else if (!/^ami-[0-9a-f]+$/.test(value)) bad.push(`${name} holds ${value}, which is no image`);
    } catch (error) {
      if (!(error instanceof RolloutError)) throw error;
      bad.push(`${name}: ${error.message}`);
    }
  if (names.length === 0) return [];
  return [
    bad.length === 0
      ? ok('SSM parameters', `${asked.length} of ${names.length} read, each holds an image`)
      : missing(
          'SSM parameters',
          some(bad),
          'write an image id into them, or let the spoke role read them (parameter SsmParameters of its stack)',
        ),
  ];
};

/** Looks at one target, as a campaign would come to it; changes nothing. */
export const examineTarget = async (
  ports: Needs,
  target: Target,
  policy: string | undefined,
): Promise<readonly Check[]> => {
  const { hub, families, rings, targets } = ports.configuration();
  const { ok, warning, missing } = checksOf(targetName(target));
  const familyNames = families.map(({ name }) => name);
  const ringNames = rings.map(({ name }) => name);
  const now = ports.clock.now();
  const mistakes: string[] = [];
  let found;
  try {
    found = await walkTarget(ports, target, (stack) => {
      const mistake = tagMistake(stack.tags, familyNames);
      if (mistake !== null) mistakes.push(`${stack.name}: ${mistake}`);
      const family = stack.tags[stackTags.family];
      if (family === undefined) return null;
      if (!familyNames.includes(family)) return leftOutStack(stack, target, 'unknown family');
      const read = readStack(stack, target, ringNames, now);
      return 'leftOut' in read ? read : { candidate: read.movable };
    });
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return [missing('stacks', error.message, 'ask again in a minute')];
  }
  const [refused] = found.unreachable;
  if (refused)
    return [
      missing(
        'role',
        refused.reason,
        target.account === hub.account
          ? 'deploy the hub again: its functions act here with their own roles'
          : `${deploySpoke(target)}; it makes role ${targets.roleName}, which trusts the hub with external id ${targets.externalId}`,
      ),
    ];
  const { candidates, leftOut, seen } = found;
  const known = leftOut.filter(({ reason }) => reason !== 'unknown family');
  return [
    ok('role', target.account === hub.account ? "the hub's own account" : `role ${targets.roleName} lets the hub in`),
    candidates.length + leftOut.length === 0
      ? warning(
          'opted in',
          `none of ${seen} stacks has the tag ${stackTags.family}`,
          `tag the stacks that are to be moved: ${stackTags.family}=${familyNames[0] ?? 'FAMILY'}`,
        )
      : ok('opted in', `${candidates.length + leftOut.length} of ${seen} stacks, ${candidates.length} can be moved`),
    ...(known.length === 0
      ? []
      : [
          warning(
            'left out',
            some(known.map(({ stackName, reason }) => `${stackName}: ${reason}`)),
            'look at each with `ami-rollout inventory`; a stack with the tag ami-rollout:hold is meant to stay',
          ),
        ]),
    ...(mistakes.length === 0 ? [] : [missing('tags', some(mistakes), 'put the tags right on these stacks')]),
    ...(await parameters(ports, target, [...new Set(candidates.flatMap(({ ssmParameter }) => ssmParameter ?? []))])),
    ...(await forwarding(ports, target, policy)),
  ];
};
