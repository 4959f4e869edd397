import { fleetAccounts } from '../../aws/accounts.ts';
import type { Random } from '../../scenario/random.ts';
import type { ScenarioFile, StackLines } from '../scenario-file.ts';
import { chance, oneOf } from './draw.ts';

const replacements = [
  ...['rolling', 'rolling', 'rolling', 'replacing', 'instanceRefresh', 'instanceRefresh'],
  ...['none', 'none', 'latest', 'default'],
];

/** Stacks that are none of the campaign's business, or need less than the others, or cannot be updated. */
const oddities: readonly object[] = [
  { tags: { 'ami-rollout:family': null } },
  { tags: { 'ami-rollout:family': 'somebody-elses' } },
  { tags: { 'ami-rollout:hold': '2027-01-01 freeze' } },
  { tags: { 'ami-rollout:alarms': null } },
  { tags: { 'ami-rollout:environment': 'staging' } },
  { tags: { 'ami-rollout:ring': 'nowhere' } },
  { image: 'new' },
  { image: 'new', runs: 'previous' },
  { status: 'UPDATE_ROLLBACK_COMPLETE' },
  { status: 'UPDATE_ROLLBACK_FAILED' },
  { status: 'ROLLBACK_COMPLETE' },
  { instances: 0 },
];

const ssm = (random: Random): object => ({
  mode: 'ssm',
  ...(chance(random, 0.25) ? { readBy: 'launch' } : {}),
  ...(chance(random, 0.2) ? { ssmParameter: '/team/image' } : {}),
  ...(chance(random, 0.2) ? { dataType: 'text' } : {}),
  ...(chance(random, 0.1) ? { image: 'new', resolved: 'previous' } : {}),
});

const stackOf = (
  random: Random,
  index: number,
  accounts: readonly string[],
  regions: readonly string[],
  rings: readonly string[],
): StackLines => ({
  name: `app-${index + 1}`,
  account: oneOf(random, accounts),
  region: oneOf(random, regions),
  replacement: oneOf(random, replacements),
  updateMinutes: random.between(2, 15),
  instances: random.between(1, 3),
  ...(chance(random, 0.3) ? ssm(random) : {}),
  ...(chance(random, 0.25) ? { ring: oneOf(random, rings) } : {}),
  ...(chance(random, 0.3) ? { serviceRole: true } : {}),
  ...(chance(random, 0.15) ? { rollbackTriggers: true } : {}),
  ...(chance(random, 0.15) ? { targetGroup: true } : {}),
  ...(chance(random, 0.22) ? oneOf(random, oddities) : {}),
});

/** A small fleet, in which many stacks have something of their own. */
export const generateStacks = (random: Random, rings: readonly string[]): ScenarioFile['fleet'] => {
  const accounts = random.between(1, 3);
  const regions = chance(random, 0.4) ? ['eu-west-1', 'us-east-1'] : ['eu-west-1'];
  const ids = fleetAccounts(accounts);
  const stacks = Array.from({ length: random.between(3, 12) }, (_, index) =>
    stackOf(random, index, ids, regions, rings),
  );
  const suspended = chance(random, 0.05) ? { suspended: [oneOf(random, ids)] } : {};
  return { accounts, regions, ...suspended, stacks };
};
