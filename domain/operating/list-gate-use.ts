import * as z from 'zod/mini';
import { gateNames } from '../configuration/gate-names.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { verdictsOf, type StoredVerdict } from '../store/verdicts.ts';
import { mergeGateUse, unusedGate, type GateUse, type LastRejection } from './gate-use.ts';
import { listCampaigns, type CampaignFilter } from './list-campaigns.ts';
import type { Listed } from './page.ts';

type Needs = Pick<Ports, 'table' | 'configuration'>;

/** Of which campaigns; `limit` is how many of them one page reads. */
export type GateUseFilter = Pick<CampaignFilter, 'family' | 'since' | 'limit' | 'cursor'>;

/** Campaigns whose verdicts are read at the same time. */
const atOnce = 10;

/** What Custom Gates has kept of each answer; a verdict of an earlier version has less. */
const answers = z.catch(
  z.array(
    z.object({
      name: z.string(),
      reason: z.string(),
      code: z.string(),
      seconds: z.nullable(z.number()),
    }),
  ),
  [],
);

const run = (
  use: Pick<GateUse, 'gate' | 'custom'>,
  seconds: number | null,
  rejection: LastRejection | null,
): GateUse => ({
  ...unusedGate(use.gate, use.custom),
  runs: 1,
  rejections: rejection === null ? 0 : 1,
  medianSeconds: seconds,
  lastRejection: rejection,
  seconds: seconds === null ? [] : [seconds],
});

/** How long a gate took; null for a record of a version that did not note it. */
const secondsOf = ({ startedAt, at }: Partial<StoredVerdict>): number | null => {
  const milliseconds = Date.parse(at ?? '') - Date.parse(startedAt ?? '');
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds / 1000) : null;
};

/** What one verdict says of its gate, and Custom Gates' of each gate that it has asked. */
const usesIn = ({ campaignId, category, image }: Campaign, verdict: StoredVerdict): readonly GateUse[] => {
  const { gate, skipped, passed, reasons, codes, at, evidence } = verdict;
  if (skipped) return [{ ...unusedGate(gate), skipped: { [category]: 1 } }];
  const rejection = (reason: string, code: string): LastRejection => ({
    at,
    campaignId,
    image: image.id,
    reason,
    code,
  });
  const own = run(
    { gate, custom: false },
    secondsOf(verdict),
    passed ? null : rejection(reasons[0] ?? '', codes[0] ?? ''),
  );
  if (gate !== 'Custom Gates') return [own];
  const asked = answers
    .parse(evidence['answers'])
    .map(({ name, reason, code, seconds }) =>
      run({ gate: name, custom: true }, seconds, reason === '' ? null : rejection(reason, code)),
    );
  return [own, ...asked];
};

const verdictsIn = async (ports: Needs, campaign: Campaign): Promise<readonly GateUse[]> => {
  const verdicts = await Array.fromAsync(verdictsOf(ports, campaign.campaignId));
  return verdicts.flatMap((verdict) => usesIn(campaign, verdict));
};

/** A page of campaigns; what those that run leave of it, the ended ones fill. */
const campaignsOf = async (ports: Needs, filter: GateUseFilter): Promise<Listed<Campaign>> => {
  const first = await listCampaigns(ports)({ ...filter, state: 'all' });
  const rest = filter.limit - first.items.length;
  if (first.next === null || rest < 1) return first;
  const { items, next } = await listCampaigns(ports)({ ...filter, state: 'all', cursor: first.next, limit: rest });
  return { items: [...first.items, ...items], next };
};

/** Every gate that there is, whether a campaign has asked it or not. */
const knownGates = ({ configuration }: Needs): readonly GateUse[] => [
  ...['Resolve Images', ...gateNames, 'Recheck Gates'].map((gate) => unusedGate(gate)),
  ...configuration().gates.custom.map(({ name }) => unusedGate(name, true)),
];

/**
 * What the gates did in one page of campaigns, those that run first, then the others from the latest start on. A page
 * reads the verdicts of `limit` campaigns and of no more; the pages are put together with `mergeGateUse`.
 */
export const listGateUse =
  (ports: Needs) =>
  async (filter: GateUseFilter): Promise<Listed<GateUse> & { readonly campaigns: number }> => {
    const { items, next } = await campaignsOf(ports, filter);
    // A drill may take an older image than any campaign would: what gates say of it is not how builds fare.
    const judged = items.filter(({ drill }) => !drill);
    const found: GateUse[] = [];
    for (let from = 0; from < judged.length; from += atOnce) {
      const batch = judged.slice(from, from + atOnce);
      found.push(...(await Promise.all(batch.map((campaign) => verdictsIn(ports, campaign)))).flat());
    }
    return { items: mergeGateUse([...knownGates(ports), ...found]), next, campaigns: items.length };
  };
