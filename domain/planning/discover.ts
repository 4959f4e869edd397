import { AccessDenied } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Campaign } from '../records.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import type { Target } from '../target.ts';
import { inScope, judgeStack } from './candidate.ts';
import type { Candidate, Inventory, LeftOut } from './inventory.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'planStore' | 'stacks'>;

interface Found {
  readonly candidates: Candidate[];
  readonly leftOut: LeftOut[];
  readonly unreachable: (Target & { readonly reason: string })[];
  readonly seen: number;
}

/** The names of the SSM parameters that a stack reads. */
const parametersRead = ({ parameters }: StackFacts): string[] =>
  parameters.filter(({ resolved }) => resolved !== null).map(({ value }) => value);

/**
 * A stack whose SSM parameter another stack of the target reads is left out: writing the parameter for one exposes the
 * other, and putting one back would take the image from the other.
 */
const refuseShared = (found: Found, readers: ReadonlyMap<string, readonly string[]>): Found => {
  const candidates: Candidate[] = [];
  const leftOut = [...found.leftOut];
  for (const candidate of found.candidates) {
    const { stackId, stackName, account, region, environment, ssmParameter } = candidate;
    const others = (readers.get(ssmParameter ?? '') ?? []).filter((name) => name !== stackName);
    if (ssmParameter === null || others.length === 0) {
      candidates.push(candidate);
      continue;
    }
    const reason = `its SSM parameter ${ssmParameter} is read by ${others.slice(0, 5).join(', ')} too: give each stack a parameter of its own`;
    leftOut.push({ stackId, stackName, account, region, environment, reason });
  }
  return { ...found, candidates, leftOut };
};

/** One target's stacks, page by page. A target that refuses us is left out; it does not stop the campaign. */
const discoverTarget = async (
  ports: Needs,
  campaign: Campaign,
  rings: readonly string[],
  target: Target,
): Promise<Found> => {
  const candidates: Candidate[] = [];
  const leftOut: LeftOut[] = [];
  const readers = new Map<string, string[]>();
  let seen = 0;
  try {
    for await (const page of ports.stacks.list(target)) {
      seen += page.length;
      for (const stack of page) {
        for (const name of parametersRead(stack)) readers.set(name, [...(readers.get(name) ?? []), stack.name]);
        if (!inScope(stack, campaign)) continue;
        const judged = judgeStack(stack, target, campaign, rings, ports.clock.now());
        if ('candidate' in judged) candidates.push(judged.candidate);
        else leftOut.push(judged.leftOut);
      }
    }
    return refuseShared({ candidates, leftOut, unreachable: [], seen }, readers);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return { candidates: [], leftOut: [], unreachable: [{ ...target, reason: error.message }], seen };
  }
};

const byPlace = (a: LeftOut | Candidate, b: LeftOut | Candidate): number =>
  a.account.localeCompare(b.account) || a.region.localeCompare(b.region) || a.stackName.localeCompare(b.stackName);

/** The use case behind Discover Stacks: all targets at once, unnamed pages only. */
export const discover =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    const { targets, rings } = ports.configuration();
    const scope = targets.list.filter(({ region }) => campaign.imageSet[region] !== undefined);
    const names = rings.map(({ name }) => name);
    const found = await Promise.all(scope.map((target) => discoverTarget(ports, campaign, names, target)));
    const inventory: Inventory = {
      candidates: found.flatMap(({ candidates }) => candidates).sort(byPlace),
      leftOut: found.flatMap(({ leftOut }) => leftOut).sort(byPlace),
      unreachable: found.flatMap(({ unreachable }) => unreachable),
      seen: found.reduce((sum, { seen }) => sum + seen, 0),
    };
    const key = `campaigns/${campaignId}/inventory.json`;
    await ports.planStore.put(key, inventory);
    const { candidates, leftOut, unreachable, seen } = inventory;
    await noteDecision(ports, campaignId, {
      who: 'Discover Stacks',
      what: 'stacks discovered',
      why: `${candidates.length} of ${seen} stacks in ${scope.length} targets follow the family, ${leftOut.length} cannot be moved, ${unreachable.length} targets refuse us`,
      evidence: { unreachable },
    });
    return { inventory: key, discovered: seen, eligible: candidates.length, targets: scope.length };
  };
