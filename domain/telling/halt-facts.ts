import type { Campaign } from '../records/campaign.ts';
import type { Halt } from '../records/halt.ts';
import { getCampaign } from '../store/campaigns.ts';
import { everything } from '../store/halts.ts';
import type { Telling } from './compose.ts';
import { tellOnce, type TellingPorts } from './tell.ts';
import { moment } from './words.ts';

type Halted = Pick<Halt, 'scope' | 'by' | 'reason' | 'createdAt' | 'expiresAt'>;

/** What a message about everything says of a campaign: there is none. */
const allCampaigns = (startedAt: string): Telling['campaign'] => ({
  campaignId: everything,
  family: '',
  category: 'base',
  environments: [],
  image: { id: '', region: '' },
  starter: '',
  startedAt,
  outcome: null,
});

const about = async (ports: TellingPorts, { scope, createdAt }: Halted) => {
  const campaign: Telling['campaign'] | Campaign =
    scope === everything ? allCampaigns(createdAt) : await getCampaign(ports, scope);
  return { campaign, what: scope === everything ? 'everything' : campaign.family };
};

/** Tells the others of a halt. It stands whether or not they could be told. */
export const tellHalted = async (ports: TellingPorts, halt: Halted): Promise<void> => {
  const { scope, by, reason, createdAt, expiresAt } = halt;
  const { campaign, what } = await about(ports, halt);
  const named = scope === everything ? '--all' : scope;
  await tellOnce(ports, { fact: 'halted', campaign, ring: null, occasion: createdAt }, () =>
    Promise.resolve({
      subject: `Halted: ${what}, by ${by}`,
      opening: [
        `${by} has halted ${what}: no new stack is claimed, what is in flight goes on to its end.`,
        `Resume or abort before ${moment(expiresAt)}; else everything touched is put back.`,
        '',
        `  ami-rollout resume ${named} --reason "…"`,
        ...(scope === everything ? [] : [`  ami-rollout abort ${named} --reason "…"`]),
      ],
      reason,
    }),
  );
};

/** Tells those who were told of the halt that it is over. */
export const tellResumed = async (
  ports: TellingPorts,
  halt: Halted,
  { who, reason, stillHalted }: { readonly who: string; readonly reason: string; readonly stillHalted: string | null },
): Promise<void> => {
  const { campaign, what } = await about(ports, halt);
  await tellOnce(ports, { fact: 'resumed', campaign, ring: null, occasion: halt.createdAt }, () =>
    Promise.resolve({
      subject: `Resumed: ${what}, by ${who}`,
      opening: [
        `${who} has resumed ${what}: ${stillHalted === null ? 'claims go on' : `nothing is claimed yet, for everything is ${stillHalted}`}.`,
        `It was halted by ${halt.by} since ${moment(halt.createdAt)}: ${halt.reason}`,
        stillHalted === null ? 'Nothing to do.' : 'To go on, resume that too: ami-rollout resume --all --reason "…"',
      ],
      reason,
    }),
  );
};
