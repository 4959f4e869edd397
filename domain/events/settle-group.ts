import type { Configuration } from '../configuration.ts';
import type { GroupFacts } from '../ports/groups.ts';
import type { Ports } from '../ports/index.ts';
import type { Wait } from '../records/wait.ts';
import { countGroups } from '../stack/count-groups.ts';
import { countImages, describeCounts } from '../stack/instances.ts';
import { startRefresh, unlessFenced } from '../stack/refresh.ts';
import {
  failVerification,
  settleVerification,
  type Verification,
  type VerificationContext,
} from '../stack/settle-verification.ts';
import { getStackRecord } from '../store/stack-records.ts';
import { storeWait } from '../store/waits.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'groups' | 'targetGroups'>;

/** The end of a refresh, if that is why we look; `failed` names the event of one that did not succeed. */
export type RefreshEnd = { readonly refreshId: string; readonly failed: string | null } | null;

const verificationOf = (wait: Wait, { ring, wanted, groups }: VerificationContext): Verification => ({
  campaignId: wait.campaignId,
  stack: { stackId: wait.stackId ?? '', ring, account: wait.account, region: wait.region },
  taskToken: wait.taskToken,
  wanted,
  groupArns: groups,
});

const minutesFromNow = ({ clock }: Needs, minutes: number): string =>
  new Date(clock.now().getTime() + minutes * 60_000).toISOString();

const limitOf = ({ stacks }: Pick<Configuration, 'stacks'>): number => stacks.verifyTimeoutMinutes;

/** Instances named in a reason; it has to stay a sentence. */
const most = 5;

/** What is missing, in words: `InService: 1 × ami-old; 1 not in service: i-1 (Pending), i-2 (InService on ami-old)`. */
const whatIsThere = (groups: readonly GroupFacts[], wanted: string): string => {
  const unsettled = groups.reduce((sum, group) => sum + group.unsettled, 0);
  const culprits = groups
    .flatMap(({ instances = [] }) => instances)
    .filter(({ image }) => image !== wanted)
    .map(({ id, image, state }) => `${id} (${state}${image === null ? '' : ` on ${image}`})`);
  const more = culprits.length > most ? ` and ${culprits.length - most} more` : '';
  const named = culprits.length === 0 ? '' : `: ${culprits.slice(0, most).join(', ')}${more}`;
  return `InService: ${describeCounts(countImages(groups))}; ${unsettled} not in service${named}`;
};

/**
 * Why instances are missing, as Auto Scaling says it; asked once, when the verification fails. That it cannot be asked
 * must not keep the failure from being told.
 */
const whyMissing = async ({ groups }: Needs, wait: Wait, group: string): Promise<string> => {
  try {
    const said = await groups.trouble(wait, group);
    return said.length === 0 ? '' : `; ${group}: ${said.join('; ')}`;
  } catch {
    return '';
  }
};

/**
 * Counts the instances of the stack that waits, after an event of one of its groups or by the sweep. While a refresh
 * runs, there is time; without one the instances have to be there within the verify timeout. True where the wait is over.
 */
export const settleGroup = async (ports: Needs, wait: Wait, refreshEnd: RefreshEnd): Promise<boolean> => {
  const context = wait.context as unknown as VerificationContext;
  const verification = verificationOf(wait, context);
  const record = await getStackRecord(ports, { ...verification.stack, campaignId: wait.campaignId });
  const groups = await countGroups(ports, record, context.wanted);
  if (await settleVerification(ports, verification, groups)) return true;

  const change = (changes: Partial<VerificationContext>) =>
    storeWait(ports, { ...wait, context: { ...context, ...changes } });
  if (context.restart) {
    const asked = await unlessFenced(() => startRefresh(ports, record, wait.direction ?? 'forward', context.group));
    if ('fenced' in asked) {
      await failVerification(ports, verification, 'Fenced', asked.fenced);
      return true;
    }
    const { id, started } = asked.did;
    if (started) await change({ restart: false, refreshId: id });
    return false;
  }
  // Events of other refreshes, late or repeated ones among them, say nothing about ours.
  const isOurs = refreshEnd !== null && refreshEnd.refreshId === context.refreshId;
  if (isOurs && refreshEnd.failed === null) {
    await change({ refreshId: '', deadline: minutesFromNow(ports, limitOf(ports.configuration())) });
    return false;
  }
  if (isOurs) {
    await failVerification(
      ports,
      verification,
      'RefreshFailed',
      `${refreshEnd.failed ?? ''}; ${whatIsThere(groups, context.wanted)}${await whyMissing(ports, wait, context.group)}`,
    );
    return true;
  }
  if (context.refreshId !== '' || ports.clock.now().toISOString() < context.deadline) return false;
  const limit = limitOf(ports.configuration());
  const whatIsMissing = groups.some(({ awaited }) => awaited > 0)
    ? 'not every instance on the image is healthy in its target groups'
    : 'not every instance runs the image';
  const reason = `after ${limit} minutes ${whatIsMissing}; ${whatIsThere(groups, context.wanted)}${await whyMissing(ports, wait, context.group)}`;
  await failVerification(ports, verification, 'NotReplaced', reason);
  return true;
};
