import { fleetAccounts } from '../../aws/accounts.ts';
import type { Random } from '../../scenario/random.ts';
import type { ScenarioFile } from '../scenario-file.ts';
import { chance, oneOf } from './draw.ts';

/** Always the same entry: a policy with it is one more synthesis, not one for every seed. */
const [account = ''] = fleetAccounts(1);
const region = 'eu-west-1';
const designated = { name: 'app-1', account, region, family: 'al2023-base' };

/** Mostly where a drill may take place; otherwise it has to be refused. */
const environments = [...Array.from({ length: 8 }, () => 'staging'), 'production', ''];

/**
 * Turns some scenarios into such with a drill, by itself or beside the campaign. Drawn after everything else, so that
 * the scenarios of the other seeds stay what they are.
 */
export const withDrill = (random: Random, file: ScenarioFile): ScenarioFile => {
  if (!chance(random, 0.12)) return file;
  const environment = oneOf(random, environments);
  const stacks = file.fleet.stacks.map((stack) => {
    if (stack.name !== designated.name) return stack;
    const { 'ami-rollout:family': _family, ...tags } = (stack['tags'] ?? {}) as Readonly<Record<string, string>>;
    return {
      ...stack,
      account,
      region,
      tags: { ...tags, ...(environment === '' ? {} : { 'ami-rollout:environment': environment }) },
    };
  });
  const drill = chance(random, 0.95) ? designated.name : 'app-2';
  const alone = chance(random, 0.7);
  const other = { afterMinutes: random.between(1, 400), drill, image: 'new' };
  return {
    ...file,
    fleet: { ...file.fleet, stacks },
    policy: { ...file.policy, drill: { stacks: [designated] } },
    ...(alone ? { start: { drill } } : { also: [...(file.also ?? []), other] }),
  };
};
