import { HUB_ACCOUNT } from '../../aws/accounts.ts';
import type { FaultKind } from '../../aws/faults/fault.ts';
import { held, snapshot } from '../../aws/state/snapshot.ts';
import type { SimStack } from '../../aws/state/sim-stack.ts';
import type { Hooks, Simulated } from '../simulated.ts';

/** Faults that have no part in the way back. */
const harmless: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'updateFails',
  'eventLost',
  'eventDuplicated',
  'eventsReordered',
  'promoteFails',
  'approvalForged',
  'approvalStale',
  'approvalDoubled',
]);

/**
 * What holds of drills, as part of how every campaign ends: a drill promotes nothing, writes the designated stack and no
 * other, and has it as it was in the end, unless something on the way back was in its way.
 */
export const drillsGoBack = (
  { world, campaigns, configuration, recordsIn, recordsOf, scenario }: Simulated,
  violated: (how: string) => void,
): Required<Pick<Hooks, 'campaign' | 'write' | 'called'>> & { end: () => void } => {
  const { stacks: designated, environments } = configuration.drill;
  const mayBeDrilled = ({ name, account, region, settings: { tags } }: SimStack): boolean =>
    designated.some(
      (one) =>
        one.name === name &&
        one.account === account &&
        one.region === region &&
        one.family === tags['ami-rollout:family'],
    ) && environments.includes(tags['ami-rollout:environment'] ?? '');
  /** Where nothing but drills has begun, whatever is written is theirs, also what says no campaign. */
  const drillsAlone = (): boolean => campaigns.size > 0 && [...campaigns.values()].every(({ drill }) => Boolean(drill));
  const nothingInTheWay =
    scenario.faults.every(({ kind }) => harmless.has(kind)) &&
    scenario.operations.length === 0 &&
    scenario.then === null;
  /** Of each family, without the environment: the parameters that say which image is the current one. */
  const promotions = configuration.families.map(({ name, promotionParameter }) => {
    const [start = ''] = promotionParameter.replaceAll('{family}', name).split('{environment}');
    return start;
  });
  return {
    called: ({ service, operation, account, input }) => {
      if (service !== 'ssm' || operation !== 'PutParameter' || account !== HUB_ACCOUNT || !drillsAlone()) return;
      const { Name: parameter = '' } = input as { readonly Name?: string };
      if (promotions.some((start) => parameter.startsWith(start))) violated(`a drill has written ${parameter}`);
    },
    write: ({ campaignId, stacks, idle, call }) => {
      const isDrill = campaignId === undefined ? drillsAlone() : Boolean(campaigns.get(campaignId)?.drill);
      if (!isDrill || idle) return;
      for (const stack of stacks)
        if (!mayBeDrilled(stack))
          violated(`${call.operation} of ${stack.name} by a drill, which it is not designated for`);
    },
    campaign: ({ campaignId, outcome, drill }, before) => {
      if (drill && outcome === 'PROMOTED' && before?.outcome !== 'PROMOTED')
        violated(`drill ${campaignId} was promoted`);
    },
    end: () => {
      for (const { campaignId, drill, outcome } of campaigns.values()) {
        if (!drill) continue;
        const records = recordsIn(campaignId);
        if (records.some(({ stackName, touched }) => touched && stackName !== drill.stackName))
          violated(`drill ${campaignId} has touched another stack than ${drill.stackName}`);
        const own = records.find(({ stackId }) => stackId === drill.stackId);
        const stack = world.stackById.get(drill.stackId);
        // A group without instances never runs any image.
        const runs = stack === undefined || stack.group.held.size > 0;
        if (drill.result?.succeeded === true && runs && !(stack && own && held(stack, own.image)))
          violated(`drill ${campaignId} has succeeded, and ${drill.stackName} was never on the image`);
        if (!own?.touched || stack === undefined) continue;
        if (own.status === 'done') violated(`drill ${campaignId} ended ${outcome} with ${own.stackName} on its image`);
        if (!nothingInTheWay || recordsOf(stack.id).length > 1) continue;
        const { ssmValue, parameter } = snapshot(world, stack);
        const image = ssmValue ?? parameter;
        if (own.status !== 'restored' || image !== own.previous?.image)
          violated(`drill ${campaignId} ended ${outcome}, nothing was in its way, and ${own.stackName} has ${image}`);
      }
    },
  };
};
