import { DrillRefused, TargetUnreachable } from '../errors.ts';
import { whyNoDrill } from '../drill/why-no-drill.ts';
import type { Ports } from '../ports/index.ts';
import type { Drill } from '../records/drill.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { targetName } from '../target.ts';
import { inScope, judgeStack, leftOutStack } from './candidate.ts';
import type { Inventory } from './inventory.ts';
import { findTargets, isInReach } from './find-targets.ts';
import { byPlace, walkTarget } from './walk-target.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'organization' | 'planStore' | 'stacks'>;

/** Why a drill has found nothing to move. */
const whyNothing = ({ stackName }: Drill, { leftOut, unreachable }: Inventory): string =>
  leftOut[0]?.reason ??
  unreachable[0]?.reason ??
  `stack ${stackName} was deleted, or its tags have changed, since the drill was opened`;

/** The use case behind Discover Stacks: all targets at once, unnamed pages only. */
export const discover =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    const { drill, rings, stacks } = ports.configuration();
    const { targets, leftOut: withoutTargets } = await findTargets(ports);
    const scope = targets.filter(
      (target) =>
        isInReach(campaign, target) &&
        campaign.imageSet[target.region] !== undefined &&
        !campaign.leftOut.some(({ name }) => name === targetName(target)),
    );
    const names = rings.map(({ name }) => name);
    const now = ports.clock.now();
    const found = await Promise.all(
      scope.map((target) =>
        walkTarget(ports, target, (stack) => {
          if (!inScope(stack, campaign)) return null;
          const refused = campaign.drill ? whyNoDrill(stack, target, drill) : null;
          return refused === null
            ? judgeStack(stack, target, campaign, names, now)
            : leftOutStack(stack, target, refused);
        }),
      ),
    );
    const inventory: Inventory = {
      candidates: found.flatMap(({ candidates }) => candidates).sort(byPlace),
      leftOut: found.flatMap(({ leftOut }) => leftOut).sort(byPlace),
      unreachable: [
        ...withoutTargets.filter((target) => isInReach(campaign, target)),
        ...found.flatMap(({ unreachable }) => unreachable),
      ],
      shared: found.flatMap(({ shared }) => shared),
      seen: found.reduce((sum, { seen }) => sum + seen, 0),
    };
    if (campaign.drill && inventory.candidates.length !== 1)
      throw new DrillRefused(whyNothing(campaign.drill, inventory).slice(0, 900));
    const [refusing, ...others] = inventory.unreachable;
    if (refusing && stacks.unreachableTargets === 'fail')
      throw new TargetUnreachable(
        [refusing, ...others]
          .map((one) => `${targetName(one)}: ${one.reason}`)
          .join('; ')
          .slice(0, 900),
      );
    const key = `campaigns/${campaignId}/inventory.json`;
    await ports.planStore.put(key, inventory);
    const { candidates, leftOut, unreachable, seen } = inventory;
    await noteDecision(ports, campaignId, {
      who: 'Discover Stacks',
      what: 'stacks discovered',
      why: `${candidates.length} of ${seen} stacks in ${scope.length} targets follow the family, ${leftOut.length} cannot be moved, ${unreachable.length} targets refuse us or are not in use`,
      evidence: { unreachable },
    });
    return { inventory: key, discovered: seen, eligible: candidates.length, targets: scope.length };
  };
