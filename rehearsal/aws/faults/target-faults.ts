import { faultTimes } from '../model.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** Operations a target serves that cannot be busy in any interesting way. */
const uncounted = /^(sts|s3|sns|events|states|lambda|dynamodb)\./;

/** Throttles the next calls of the API that was called most in the target; ties go to the first by name. */
export const throttleBusiest = (
  world: World,
  account: string,
  region: string,
  calls = faultTimes.throttledCalls,
): string => {
  const { counts, faults } = world.target(account, region);
  const api = [...counts]
    .filter(([name]) => !uncounted.test(name))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name]) => name)[0];
  const busiest = api ?? 'cloudformation.DescribeStacks';
  faults.throttled.set(busiest, (faults.throttled.get(busiest) ?? 0) + calls);
  return busiest;
};

/** Refuses the next call in the target, or the next attempt to assume a role there. */
export const refuseOneCall = (world: World, account: string, region: string): void => {
  world.target(account, region).faults.refusals++;
};

/**
 * Promotion breaks half-way: of the family's parameters under the prefix, the first one can be moved to the new image,
 * every other one fails for good. In a world of one region the first fails too. Writing any other value works, so that a
 * restore can put the first one back.
 */
export const breakPromotion = (world: World, prefix: string): void => {
  let first = world.regions.length > 1 ? undefined : 'none';
  world.brokenParameter = ({ account, region }, name, value) => {
    if (!name.startsWith(prefix) || value !== world.newImage.get(region)) return undefined;
    const parameter = `${account}/${region}/${name}`;
    first ??= parameter;
    if (first === parameter) return undefined;
    return new SimulatedError(
      'AccessDeniedException',
      `User is not authorized to perform: ssm:PutParameter on ${name}`,
      403,
    );
  };
};
