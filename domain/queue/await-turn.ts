import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Wait } from '../records/wait.ts';
import { changeCampaign, getCampaign, noteDecision } from '../store/campaigns.ts';
import { findWaits, storeWait } from '../store/waits.ts';
import { queueKey, settleTurn, type Queued } from './settle-turn.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions'>;

const queuedOf = ({ context }: Wait): Queued => context as unknown as Queued;

/** Whether all that `of` would move is moved by the other one as well. */
const covers = ({ environments }: Queued, of: Queued): boolean =>
  environments.length === 0 ||
  (of.environments.length > 0 && of.environments.every((environment) => environments.includes(environment)));

/** Newer by its build; of the same age, by name, so that two never supersede each other. */
const isNewer = (one: Wait, other: Wait): boolean =>
  `${queuedOf(one).builtAt}#${one.campaignId}` > `${queuedOf(other).builtAt}#${other.campaignId}`;

/** Whether a queued campaign is pointless because of another one. Who asked for an older image by name keeps the place. */
const isSuperseded = (wait: Wait, by: Wait): boolean => {
  const [older, newer] = [queuedOf(wait), queuedOf(by)];
  const asked = older.allowOlder || newer.allowOlder;
  return !asked && older.family === newer.family && isNewer(by, wait) && covers(newer, older);
};

/** Ends a queued campaign; one whose turn has come in this very moment runs on. */
const supersede = async (ports: Needs, wait: Wait, by: Wait): Promise<void> => {
  const reason = `campaign ${by.campaignId} brings a newer image of family ${queuedOf(by).family}`;
  try {
    await changeCampaign(
      ports,
      wait.campaignId,
      { conclusion: 'SUPERSEDED', reason },
      { who: 'Await Turn', what: 'SUPERSEDED', why: reason },
      { equals: { conclusion: null, phase: 'running' } },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  await settleTurn(ports, wait);
};

const nextMidnight = (now: Date): string =>
  new Date(Math.floor(now.getTime() / 86_400_000 + 1) * 86_400_000).toISOString();

/**
 * The use case behind Await Turn. The wait is stored first, so that a campaign that ends meanwhile finds it; then the
 * queue is tidied, of which only the newest image of a family stays; then the turn is tried.
 */
export const awaitTurn =
  (ports: Needs) =>
  async ({ campaignId, taskToken }: { campaignId: string; taskToken: string }): Promise<void> => {
    const campaign = await getCampaign(ports, campaignId);
    const now = ports.clock.now();
    const { family, environments, builtAt, allowOlder } = campaign;
    const context: Queued = { family, environments, builtAt, allowOlder, deadline: nextMidnight(now) };
    await storeWait(ports, {
      key: queueKey,
      member: campaignId,
      kind: 'turn',
      campaignId,
      taskToken,
      account: '',
      region: '',
      stackId: null,
      direction: null,
      context: { ...context },
      createdAt: now.toISOString(),
      overdueAt: new Date(now.getTime() + ports.configuration().stacks.overdueMinutes * 60_000).toISOString(),
    });
    const waits = await Array.fromAsync(findWaits(ports, queueKey));
    for (const wait of waits) {
      const by = waits.find((other) => isSuperseded(wait, other));
      if (by) await supersede(ports, wait, by);
    }
    const own = waits.find((wait) => wait.campaignId === campaignId);
    const because = own ? await settleTurn(ports, own) : null;
    if (because !== null)
      await noteDecision(ports, campaignId, { who: 'Await Turn', what: 'waits in the queue', why: because });
  };
